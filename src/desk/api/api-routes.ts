import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ActionRefusedError, PromisesUnbackedError } from '../../cases/actions/action-errors.ts';
import { addNote, listNotes } from '../../cases/actions/add-note.ts';
import { undoApproval } from '../../cases/actions/approve-draft.ts';
import { closeCase, reopenCase } from '../../cases/actions/close-case.ts';
import { editableNames } from '../../cases/actions/editable-facts.ts';
import { markNotARequest } from '../../cases/actions/mark-not-a-request.ts';
import { mergeCases } from '../../cases/actions/merge-cases.ts';
import { listOutboxOfCase, resolveUncertain } from '../../cases/outbox.ts';
import { quarantineByHand, retryCase } from '../../cases/actions/quarantine-by-hand.ts';
import { saveDraft } from '../../cases/actions/save-draft.ts';
import { assignCase } from '../../cases/actions/set-assignee.ts';
import { snoozeCase } from '../../cases/actions/snooze-case.ts';
import { splitCase } from '../../cases/actions/split-case.ts';
import { decisionInForce, requireWorkedCase, type WorkedCase } from '../../cases/actions/worked-case.ts';
import { caseTag } from '../../draft/case-tag.ts';
import { typedReply } from '../../draft/typed-reply.ts';
import { packOf } from '../../packs/pack.ts';
import { askedSending } from '../asked-sending.ts';
import { approveReply, askForMore, correctFact, overrideReply, renewReply, type ReplyContext, rewriteReply, takeBackOverride } from '../../sending/reply-actions.ts';
import { type AuditKind, noteAccess } from '../audit.ts';
import type { DeskContext } from '../desk-context.ts';
import { BadRequestError, NotFoundError } from '../desk-errors.ts';
import { idOf } from '../form-fields.ts';
import { agentOf } from '../gate.ts';
import { scopeRoles } from '../roles.ts';
import { apiDocument } from './document.ts';
import { type CaseAnswer, listQuery, type Operation, operations } from './operations.ts';

/** The API: what people do at the desk, for programs, by the same functions. */

interface Asked<Body> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** 0 where the path names no case. */
  readonly caseId: number;
  readonly by: string;
  readonly body: Body;
}

export function apiRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;
  const context: ReplyContext = { database, packs: desk.packs, mailboxes: desk.mailboxes, now: desk.now };

  const serve = <Body extends z.ZodType>(operation: Operation<Body>, kind: AuditKind, doIt: (asked: Asked<z.output<Body>>) => Promise<object>): void => {
    app.route({
      method: operation.method, url: `/api/v1${operation.path.replaceAll(/\{(\w+)\}/gu, ':$1')}`, config: { access: { role: scopeRoles[operation.scope], scope: operation.scope } },
      handler: async (request, reply) => {
        const body = checked(operation.body, request.body);
        const caseId = operation.path.includes('{id}') ? idOf(request) : 0;
        if (caseId === null) throw new NotFoundError('There is no such case.');
        await noteAccess(database, request, kind, caseId === 0 ? null : caseId);
        try {
          return await doIt({ request, reply, caseId, by: agentOf(request).name, body });
        } catch (error) {
          if (!(error instanceof PromisesUnbackedError)) throw error;
          return await reply.code(422).send({ error: { code: error.code, message: error.message, findings: error.findings } });
        }
      },
    });
  };
  const versionOf = async (caseId: number): Promise<{ readonly version: number }> => ({ version: (await requireWorkedCase(database, caseId)).version });

  app.get('/api/v1/openapi.json', { config: { access: { role: 'reader', scope: 'cases:read' } } }, (_request, reply) => reply.send(apiDocument()));

  serve(operations.listCases, 'cases.listed', async ({ request }) => {
    const { state, after, limit } = checked(listQuery, request.query);
    const lines = await desk.store.listCases({ after, limit, ...(state === undefined ? {} : { state }) });
    return {
      cases: lines.map(({ id, state: stands, merchant, customer, subject, outcome, rule, missing }) => ({ id, state: stands, merchant, customer, subject, outcome, rule, missing })),
      next: lines.length === limit ? (lines.at(-1)?.id ?? null) : null,
    };
  });
  serve(operations.readCase, 'case.opened', async ({ caseId }) => await caseAnswer(desk, await requireWorkedCase(database, caseId)));

  serve(operations.approve, 'draft.approved', async ({ caseId, by, body: { reason, ...seen } }) => {
    const { outboxId, state, sendAfterMs, already } = await approveReply(context, { caseId, by, ...seen, reason: reason ?? null });
    return { sending: outboxId, state, sendAfter: new Date(sendAfterMs).toISOString(), already };
  });
  serve(operations.undo, 'draft.undone', async ({ request, caseId, by }) => ({ undone: await undoApproval(database, await askedSending(database, request, 'sending', caseId), by) }));
  serve(operations.resolve, 'draft.resolved', async ({ request, caseId, by, body }) => ({ resolved: await resolveUncertain(database, await askedSending(database, request, 'sending', caseId), by, body.verdict) }));
  serve(operations.saveDraft, 'draft.saved', async ({ reply, caseId, by, body: { draft, revision, text } }) => {
    const { draft: live } = await requireWorkedCase(database, caseId);
    const language = live?.language ?? 'en';
    const saved = await saveDraft(database, { caseId, version: null, by, draft, revision, words: { ...typedReply(text, language), language, template: live?.template ?? '' } });
    if (saved.kind === 'saved') return { saved: true, revision: saved.revision, base: null, theirs: null };
    reply.code(409);
    return { saved: false, revision: saved.revision, base: saved.base, theirs: saved.theirs };
  });
  serve(operations.rewrite, 'draft.rewritten', async ({ caseId, by, body: { version, language } }) => ({ version: await rewriteReply(context, { caseId, by, version, language: language ?? null }) }));

  serve(operations.override, 'decision.overridden', async ({ caseId, by, body: { version, reason, ...choice } }) => ({ version: await overrideReply(context, { caseId, by, version, choice, reason }) }));
  serve(operations.withdrawOverride, 'decision.override_withdrawn', async ({ caseId, by, body }) => ({ version: await takeBackOverride(context, { caseId, by, ...body }) }));
  serve(operations.ask, 'decision.asked_for_more', async ({ caseId, by, body: { version, missing, reason } }) => ({ version: await askForMore(context, { caseId, by, version, missing, reason: reason ?? '' }) }));
  serve(operations.editFact, 'fact.edited', async ({ caseId, by, body }) => {
    const pack = packOf(desk.packs(), (await requireWorkedCase(database, caseId)).merchant);
    const name = pack === null ? undefined : editableNames(pack).find((each) => each === body.name);
    if (name === undefined) throw new ActionRefusedError('refused.fact_unknown');
    return await correctFact(context, { caseId, by, version: body.version, name, text: body.value });
  });

  serve(operations.assign, 'case.assigned', async ({ caseId, by, body }) => { await assignCase(database, { caseId, by, version: null, ...body }); return await versionOf(caseId); });
  serve(operations.snooze, 'case.snoozed', async ({ caseId, by, body: { version, until } }) => { await snoozeCase(database, { caseId, by, version, untilMs: Date.parse(until) }); return await versionOf(caseId); });
  serve(operations.note, 'note.added', async ({ caseId, by, body }) => { await addNote(database, { caseId, by, version: null, ...body }); return await versionOf(caseId); });
  serve(operations.close, 'case.closed', async ({ caseId, by, body: { version, reason } }) => ({ version: await closeCase(database, { caseId, by, version, reason: reason ?? null }) }));
  serve(operations.reopen, 'case.reopened', async ({ caseId, by, body }) => ({ version: await reopenCase(database, { caseId, by, ...body }) }));
  serve(operations.notARequest, 'case.not_a_request', async ({ caseId, by, body }) => ({ version: await markNotARequest(database, { caseId, by, ...body }) }));
  serve(operations.quarantine, 'case.quarantined', async ({ caseId, by, body }) => ({ version: await quarantineByHand(database, { caseId, by, ...body }) }));
  serve(operations.retry, 'case.retried', async ({ caseId, by, body }) => ({ version: await retryCase(database, { caseId, by, ...body }) }));
  serve(operations.merge, 'case.merged', async ({ caseId, by, body }) => {
    await mergeCases(database, { caseId, by, ...body, pack: packOf(desk.packs(), (await requireWorkedCase(database, body.into)).merchant) });
    await renewReply(context, body.into, by);
    return await versionOf(body.into);
  });
  serve(operations.split, 'case.split', async ({ caseId, by, body }) => {
    const apart = await splitCase(database, { caseId, by, ...body, pack: packOf(desk.packs(), (await requireWorkedCase(database, caseId)).merchant) });
    for (const each of [caseId, apart]) await renewReply(context, each, by);
    return { case: apart };
  });
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw new BadRequestError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  return parsed.data;
}

async function caseAnswer({ store }: DeskContext, worked: WorkedCase): Promise<CaseAnswer> {
  const { id, version, merchant, customer, subject, state, stage, language, assignee, mergedInto, override, decided, draft } = worked;
  const decision = decisionInForce(worked);
  const facts = decided?.basis?.facts;
  const [sendings, notes] = [await listOutboxOfCase(store.database, id), await listNotes(store.database, id)];
  return {
    id, version, tag: caseTag(worked.fingerprint), merchant, customer, subject, state, stage, language, assignee, mergedInto,
    decision: decision === null ? null : { outcome: decision.outcome, rule: decision.rule, clause: decision.clause, amount: decision.amount, missing: [...decision.missing], overriddenBy: override?.by ?? null },
    facts: Object.fromEntries(Object.entries({ ...facts?.values, ...facts?.own }).map(([name, { value, source, evidence }]) => [name, { value, source, evidence }])),
    draft: draft === null ? null : { id: draft.messageId, revision: draft.revision, state: draft.state, to: draft.to, subject: draft.subject, language: draft.language, text: draft.text },
    sendings: sendings.map(({ id: sending, state: stands, approvedBy, code }) => ({ id: sending, state: stands, approvedBy, code })),
    notes: notes.map(({ author, text, atMs }) => ({ author, text, at: new Date(atMs).toISOString() })),
  };
}
