import { z } from 'zod';
import { policySchema } from '../decision/policy.ts';

/** The JSON Schema of `policy.yaml`, as it is published in `policy.schema.json`. */
export function policyJsonSchema(): string {
  const schema = z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ ...schema, title: 'policy.yaml of a refund-triage pack' }, null, 2)}\n`;
}
