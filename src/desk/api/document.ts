import { z } from 'zod';
import { webhookBodySchema } from '../../sending/run-webhooks.ts';
import { type Operation, operations } from './operations.ts';

/** The API's description (OpenAPI 3.1), made of the same schemas that requests are checked by. */
export function apiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, operation] of Object.entries<Operation>(operations)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described(operationId, operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'refund-triage', version: '1', description: 'What people do at the desk, for programs. Tokens are made on the page Tokens; each is for the scopes it was made for, and for no more than its owner may do.' },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    webhooks: {
      event: { post: { summary: 'Told to the addresses under `webhooks` in the configuration, signed as Standard Webhooks has it; any 2xx takes it', requestBody: jsonContent(webhookBodySchema), responses: { '2XX': { description: 'Taken' } } } },
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'rt_…' } }, schemas: { Error: plainSchema(errorSchema) } },
  };
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

function described(operationId: string, { path, summary, scope, query, body, takesBody, answer }: Operation): object {
  const parts = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }));
  const properties = query === null ? [] : Object.entries(query.shape).map(([name, schema]) => ({ name, in: 'query', required: false, schema: plainSchema(schema) }));
  const failures = { 400: 'Not understood, or it cannot be done as the case stands', 401: 'No token', 403: 'The token is not for that', 404: 'There is no such case', 409: 'The case or the draft changed meanwhile' };
  return {
    operationId, summary, description: `Scope: ${scope}`, parameters: [...parts, ...properties],
    ...(takesBody ? { requestBody: { required: true, ...jsonContent(body) } } : {}),
    responses: {
      200: { description: 'Done', ...jsonContent(answer) },
      ...Object.fromEntries(Object.entries(failures).map(([status, description]) => [status, { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } }])),
    },
  };
}

function jsonContent(schema: z.ZodType): { readonly content: object } {
  return { content: { 'application/json': { schema: plainSchema(schema) } } };
}

function plainSchema(schema: z.core.$ZodType): object {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return plain;
}
