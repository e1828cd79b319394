import type { FastifyRequest } from 'fastify';

/** What a form or a query sent, as text: a field that came several times by its last value, one that did not come as nothing. */
export function fieldOf(request: FastifyRequest, name: string): string {
  return fieldsOf(request.body, name).at(-1) ?? '';
}

/** Every value of a field, such as the check boxes of one name. */
export function listOf(request: FastifyRequest, name: string): readonly string[] {
  return fieldsOf(request.body, name);
}

export function queryOf(request: FastifyRequest, name: string): string {
  return fieldsOf(request.query, name).at(-1) ?? '';
}

/** A part of the path, such as `:id`. */
export function pathPart(request: FastifyRequest, name: string): string {
  return fieldsOf(request.params, name).at(-1) ?? '';
}

/** A positive whole number in the path; null where it is none. */
export function idOf(request: FastifyRequest, name = 'id'): number | null {
  const text = pathPart(request, name);
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function fieldsOf(source: unknown, name: string): string[] {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return [];
  const value: unknown = Reflect.get(source, name);
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
}
