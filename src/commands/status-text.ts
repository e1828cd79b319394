import Table from 'cli-table3';
import type { StatusReport } from '../monitoring/status-report.ts';

/** A status for people: a line of versions, then tables. `nowMs` is what ages are counted from. */
export function statusText(report: StatusReport, nowMs: number): string {
  return [headOf(report), mailboxTable(report, nowMs), casesTable(report), queueTable(report, nowMs), ...remarks(report, nowMs)].filter((text) => text !== '').join('\n\n');
}

function headOf({ version, roles, store, queue }: StatusReport): string {
  const running = roles.length === 0 ? '' : `; the process that answers does: ${roles.join(', ')}`;
  return `refund-triage ${version}${running}\nStore: ${engineName(store.engine)}${store.standing === null ? `, does not answer: ${store.reason ?? ''}` : `, schema ${String(store.standing.schemaVersion)}`}`
    + `\nQueue: ${engineName(queue.engine)}${queue.answers ? '' : `, does not answer: ${queue.reason ?? ''}`}`;
}

function mailboxTable({ mailboxes, store }: StatusReport, nowMs: number): string {
  const rows = mailboxes.map(({ name, watch, reason, lagSeconds }) => {
    const known = store.standing?.mailboxes.find((mailbox) => mailbox.name === name);
    const watched = watch === 'lost' ? `no: ${reason ?? ''}` : watch === 'connected' ? 'yes' : watch === 'starting' ? 'not yet' : known?.isLeased === true ? 'yes, elsewhere' : 'no';
    return known === undefined
      ? [name, watched, 'never', '–', '–', '–']
      : [name, watched, ago(Date.parse(known.lookedAt), nowMs), String(known.enqueuedUid), String(known.unfinished), lagSeconds === null ? '–' : duration(lagSeconds)];
  });
  return rows.length === 0 ? '' : tableOf(['Mailbox', 'Watched', 'Last look', 'Up to UID', 'Unfinished', 'Oldest waits'], rows);
}

function casesTable({ store }: StatusReport): string {
  const cases = store.standing?.cases ?? [];
  if (cases.length === 0) return '';
  const states = [...new Set(cases.map(({ state }) => state))];
  const stages = ['open', 'waiting', 'snoozed', 'closed'];
  const countOf = (state: string, stage: string): string => String(cases.find((each) => each.state === state && each.stage === stage)?.count ?? 0);
  return tableOf(['Cases', ...stages], states.map((state) => [state.replaceAll('_', ' '), ...stages.map((stage) => countOf(state, stage))]));
}

function queueTable({ queue }: StatusReport, nowMs: number): string {
  const busy = queue.depths.filter(({ batches }) => batches.waiting + batches.active + batches.delayed > 0);
  if (!queue.answers) return '';
  if (busy.length === 0) return 'Nothing lies in the queue.';
  return tableOf(
    ['Queue', 'Mailbox', 'Waiting', 'In hand', 'Later', 'Oldest'],
    busy.map(({ lane, mailbox, batches, oldestAtMs }) => [lane, mailbox, String(batches.waiting), String(batches.active), String(batches.delayed), oldestAtMs === null ? '–' : ago(oldestAtMs, nowMs)]),
  );
}

function remarks({ store, packs }: StatusReport, nowMs: number): string[] {
  const { standing } = store;
  return [
    ...(standing === null || standing.overdue.count === 0 ? [] : [`Due: ${String(standing.overdue.count)}, the first since ${standing.overdue.since === null ? 'now' : ago(Date.parse(standing.overdue.since), nowMs)}`]),
    ...(standing === null || standing.quarantined.length === 0 ? [] : [`In quarantine: ${listed(standing.quarantined.map(({ code, count }) => ({ name: code, count })))}`]),
    ...(standing === null || standing.outbox.length === 0 ? [] : [`Approved and not sent: ${listed(standing.outbox.map(({ state, count }) => ({ name: state, count })))}`]),
    ...(packs.valid ? [] : [`The packs in their folder have mistakes, those read before are in use:\n${packs.reason ?? ''}`]),
  ];
}

function listed(items: readonly { readonly count: number; readonly name: string }[]): string {
  return items.map(({ name, count }) => `${name} ${String(count)}`).join(', ');
}

function tableOf(head: string[], rows: string[][]): string {
  const none = Object.fromEntries(['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'].map((place) => [place, '']));
  const table = new Table({ head, chars: { ...none, middle: '  ' }, style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 } });
  table.push(...rows);
  return table.toString().split('\n').map((line) => line.trimEnd()).join('\n');
}

function engineName(engine: string): string {
  return engine === 'postgres' ? 'PostgreSQL' : engine === 'redis' ? 'Redis' : engine;
}

function ago(atMs: number, nowMs: number): string {
  return `${duration(Math.max(0, nowMs - atMs) / 1_000)} ago`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${String(Math.round(seconds))} s`;
  if (seconds < 7_200) return `${String(Math.round(seconds / 60))} min`;
  return seconds < 172_800 ? `${String(Math.round(seconds / 3_600))} h` : `${String(Math.round(seconds / 86_400))} days`;
}
