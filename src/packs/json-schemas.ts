import { z } from 'zod';
import { policySchema } from '../decision/policy.ts';
import { merchantPhrasesSchema, phrasesSchema } from '../draft/phrases.ts';

/** The JSON Schema of `policy.yaml`, as it is published in `policy.schema.json`. */
export function policyJsonSchema(): string {
  return published(policySchema, 'policy.yaml of a refund-triage pack');
}

/** The JSON Schema of a pack's `phrases.yaml`, as it is published in `phrases.schema.json`. */
export function phrasesJsonSchema(): string {
  return published(merchantPhrasesSchema, 'phrases.yaml of a refund-triage pack');
}

/** The JSON Schema of `shared/<language>.yaml`, as it is published in `shared-phrases.schema.json`. */
export function sharedPhrasesJsonSchema(): string {
  return published(phrasesSchema, 'phrases that all refund-triage packs share');
}

function published(schema: z.ZodType, title: string): string {
  return `${JSON.stringify({ ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), title }, null, 2)}\n`;
}
