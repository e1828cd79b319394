import { expect, it } from 'vitest';
import { policyJsonSchema } from '../../src/packs/policy-json-schema.ts';

it('publishes the schema of policy.yaml as it is applied', async () => {
  await expect(policyJsonSchema()).toMatchFileSnapshot('../../src/packs/policy.schema.json');
});
