import { z } from 'zod';
import { outcomes } from '../../decision/decision.ts';
import { askNames } from '../../draft/phrases.ts';
import type { Scope } from '../roles.ts';
import { isRequirement } from '../case-controls.ts';

/** What programs can do: each operation once, from which the routes take what they check, and the API's document what it says. */
export interface Operation<Body extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`, with `{id}` for parts that differ. */
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope;
  readonly query: z.ZodObject | null;
  /** Of operations that take none, one that anything fits. */
  readonly body: Body;
  readonly takesBody: boolean;
  readonly answer: z.ZodType;
}

function operation(method: Operation['method'], path: string, summary: string, scope: Scope, rest: { readonly query?: z.ZodObject; readonly answer: z.ZodType }): Operation<z.ZodUnknown> {
  return { method, path, summary, scope, query: rest.query ?? null, body: z.unknown(), takesBody: false, answer: rest.answer };
}

function operationWith<Body extends z.ZodType>(method: Operation['method'], path: string, summary: string, scope: Scope, rest: { readonly body: Body; readonly answer?: z.ZodType }): Operation<Body> {
  return { method, path, summary, scope, query: null, body: rest.body, takesBody: true, answer: rest.answer ?? changed };
}

const version = z.int().min(1).describe("The case's version as you saw it: where it is another by now, nothing is done (409).");
const reason = z.string().trim().min(1).max(1_000);
const draft = z.string().min(1).max(998).describe("The draft's Message-ID.");
const revision = z.int().min(1).describe('The revision of its words as you saw them.');
const requirement = z.enum(askNames.filter(isRequirement));

const caseSchema = z
  .object({
    id: z.int(), version: z.int(), tag: z.string(), merchant: z.string().nullable(), customer: z.string().nullable(), subject: z.string(), state: z.string(), stage: z.string(), language: z.string().nullable(),
    assignee: z.string().nullable(), mergedInto: z.int().nullable(),
    decision: z.object({ outcome: z.string(), rule: z.string().nullable(), clause: z.string().nullable(), amount: z.string().nullable(), missing: z.array(z.string()), overriddenBy: z.string().nullable() }).nullable(),
    facts: z.record(z.string(), z.object({ value: z.union([z.string(), z.number(), z.boolean()]), source: z.string(), evidence: z.string() })),
    draft: z.object({ id: z.string(), revision: z.int(), state: z.string(), to: z.string(), subject: z.string(), language: z.string(), text: z.string() }).nullable(),
    sendings: z.array(z.object({ id: z.int(), state: z.string(), approvedBy: z.string(), code: z.string().nullable() })),
    notes: z.array(z.object({ author: z.string(), text: z.string(), at: z.iso.datetime() })),
  })
  .describe('A case as it stands.');
export type CaseAnswer = z.output<typeof caseSchema>;

const changed = z.object({ version: z.int() }).describe("The case's version afterwards.");

export const listQuery = z.object({
  state: z.enum(['needs_info', 'ready', 'review', 'ignored', 'quarantined']).optional(),
  after: z.coerce.number().int().min(0).default(0).describe('The number of the last case seen.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const operations = {
  listCases: operation('GET', '/cases', 'Cases in the order they were opened', 'cases:read', {
    query: listQuery,
    answer: z.object({ cases: z.array(z.object({ id: z.int(), state: z.string(), merchant: z.string().nullable(), customer: z.string().nullable(), subject: z.string(), outcome: z.string().nullable(), rule: z.string().nullable(), missing: z.array(z.string()) })), next: z.int().nullable() }),
  }),
  readCase: operation('GET', '/cases/{id}', 'A case, its decision, facts and reply', 'cases:read', { answer: caseSchema }),
  approve: operationWith('POST', '/cases/{id}/draft/approve', 'Approve the reply: it goes out after ten seconds', 'cases:send', {
    body: z.strictObject({ version, draft, revision, reason: reason.optional().describe('Why it goes out although it says what the decision does not back.') }),
    answer: z.object({ sending: z.int(), state: z.string(), sendAfter: z.iso.datetime(), already: z.boolean() }),
  }),
  undo: operation('POST', '/cases/{id}/sendings/{sending}/undo', 'Take an approval back', 'cases:send', { answer: z.object({ undone: z.boolean() }) }),
  resolve: operationWith('POST', '/cases/{id}/sendings/{sending}/resolve', 'Say whether an uncertain reply went out', 'cases:send', { body: z.strictObject({ verdict: z.enum(['was_sent', 'was_not_sent']) }), answer: z.object({ resolved: z.boolean() }) }),
  saveDraft: operationWith('PUT', '/cases/{id}/draft', 'Save other words for the reply', 'cases:write', {
    body: z.strictObject({ draft, revision, text: z.string().trim().min(1).max(50_000) }),
    answer: z.object({ saved: z.boolean(), revision: z.int(), base: z.string().nullable(), theirs: z.string().nullable() }).describe('Where somebody saved other words meanwhile nothing is saved (409): base is what you began with, theirs what is there now.'),
  }),
  rewrite: operationWith('POST', '/cases/{id}/draft/rewrite', 'Write the reply anew, in this language', 'cases:write', { body: z.strictObject({ version, language: z.string().regex(/^[a-z]{2}$/u).optional() }) }),
  override: operationWith('POST', '/cases/{id}/override', 'Decide otherwise than the policy', 'cases:write', { body: z.strictObject({ version, rule: z.string().nullable(), outcome: z.enum(outcomes), amount: z.string().nullable().default(null), clause: z.string().min(1).max(200).nullable().default(null).describe("The clause that the reply names; null for the rule's own."), reason }) }),
  withdrawOverride: operationWith('POST', '/cases/{id}/override/withdraw', "Back to the policy's decision", 'cases:write', { body: z.strictObject({ version }) }),
  ask: operationWith('POST', '/cases/{id}/ask', 'Ask the customer for more', 'cases:write', { body: z.strictObject({ version, missing: z.array(requirement).min(1), reason: reason.optional() }) }),
  editFact: operationWith('POST', '/cases/{id}/facts', 'Mend a fact; the case is decided anew', 'cases:write', { body: z.strictObject({ version, name: z.string().min(1), value: z.string().max(200).describe('As text; empty for not known.') }), answer: z.object({ version: z.int(), keepsEditedReply: z.boolean() }) }),
  assign: operationWith('POST', '/cases/{id}/assign', 'Assign', 'cases:write', { body: z.strictObject({ assignee: z.string().max(64).nullable() }) }),
  snooze: operationWith('POST', '/cases/{id}/snooze', 'Put away until a time', 'cases:write', { body: z.strictObject({ version, until: z.iso.datetime({ offset: true }) }) }),
  note: operationWith('POST', '/cases/{id}/notes', 'Tell colleagues something', 'cases:write', { body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }) }),
  close: operationWith('POST', '/cases/{id}/close', 'Close without an answer', 'cases:write', { body: z.strictObject({ version, reason: reason.optional() }) }),
  reopen: operationWith('POST', '/cases/{id}/reopen', 'Open again', 'cases:write', { body: z.strictObject({ version }) }),
  notARequest: operationWith('POST', '/cases/{id}/not-a-request', 'Mark as no request', 'cases:write', { body: z.strictObject({ version }) }),
  quarantine: operationWith('POST', '/cases/{id}/quarantine', 'Put into quarantine', 'cases:write', { body: z.strictObject({ version, reason }) }),
  retry: operationWith('POST', '/cases/{id}/retry', 'Have the mail read and decided on again', 'cases:write', { body: z.strictObject({ version }) }),
  merge: operationWith('POST', '/cases/{id}/merge', 'Merge into another case', 'cases:write', { body: z.strictObject({ version, into: z.int().min(1) }) }),
  split: operationWith('POST', '/cases/{id}/split', 'Take mails out into a case of their own', 'cases:write', { body: z.strictObject({ version, messages: z.array(z.int()).min(1) }), answer: z.object({ case: z.int() }) }),
} as const;
