import { expect, it } from 'vitest';
import { phrasesJsonSchema, policyJsonSchema, sharedPhrasesJsonSchema } from '../../src/packs/json-schemas.ts';

it('publishes the schema of policy.yaml as it is applied', async () => {
  await expect(policyJsonSchema()).toMatchFileSnapshot('../../src/packs/policy.schema.json');
});

it('publishes the schemas of phrases as they are applied', async () => {
  await expect(phrasesJsonSchema()).toMatchFileSnapshot('../../src/packs/phrases.schema.json');
  await expect(sharedPhrasesJsonSchema()).toMatchFileSnapshot('../../src/packs/shared-phrases.schema.json');
});
