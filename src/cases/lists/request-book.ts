import type { Sql } from '../../database/database.ts';
import { readRequestLines, type RequestLine, type RequestTraits } from './request-lines.ts';

/**
 * The lines of all requests since some day, kept in memory: about 150 bytes each. Before each question the event log tells which cases have changed, and only those are read again: so what is counted is
 * never older than the question.
 */
export interface RequestBook {
  /** All requests that arrived since then, and some that are older; in no order. They hold until the next question. Throws `StoreUnavailableError`. */
  linesSince(sql: Sql, fromMs: number): Promise<Iterable<RequestLine>>;
}

/** So many requests or cases are read at once. Others have their turn in between: the embedded database works in this process. */
const perReading = 2_000;
/** When more has happened than this, the book is begun anew. */
const maxEvents = 20_000;
/**
 * Events get their numbers before their transactions end, so that one may come to be seen after another with a higher number: the latest ones are looked at again for this long, longer than any
 * transaction takes.
 */
const settled = `at < now() - interval '60 seconds'`;
/** Nothing arrives later. */
const endOfTimeMs = Date.UTC(9999, 0, 1);
/** What is older than anybody asks for is let go of. */
const maxAgeMs = 400 * 86_400_000;

interface Book {
  readonly lines: Map<number, RequestLine>;
  readonly traits: Map<string, RequestTraits>;
  fromMs: number;
  /** Each event up to here was taken up; and of the later ones these. */
  settledEvent: number;
  takenUp: ReadonlySet<number>;
}

export function openRequestBook(): RequestBook {
  let book: Book | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const answer = async (sql: Sql, fromMs: number): Promise<Book> => {
    const before = book;
    // Where it cannot be brought to its end, nothing half done is kept.
    book = null;
    const current = before !== null && (await takeUpEvents(sql, before)) ? before : await beginBook(sql);
    await readBack(sql, current, fromMs);
    book = current;
    return current;
  };
  return {
    linesSince: async (sql, fromMs) => {
      const mine = turn.catch(() => undefined).then(async () => await answer(sql, fromMs));
      turn = mine;
      return (await mine).lines.values();
    },
  };
}

async function beginBook(sql: Sql): Promise<Book> {
  const [last] = await sql.query<{ id: number }>(`SELECT id FROM refund_triage.events WHERE ${settled} ORDER BY id DESC LIMIT 1`);
  const settledEvent = last?.id ?? 0;
  const takenUp = new Set((await listEvents(sql, settledEvent)).map(({ id }) => id));
  return { lines: new Map(), traits: new Map(), fromMs: endOfTimeMs, settledEvent, takenUp };
}

interface EventRow {
  readonly id: number;
  readonly kind: string;
  readonly caseId: number | null;
  readonly isSettled: boolean;
}

async function listEvents(sql: Sql, after: number): Promise<EventRow[]> {
  return await sql.query<EventRow>(`SELECT id, kind, case_id AS "caseId", ${settled} AS "isSettled" FROM refund_triage.events WHERE id > $1 ORDER BY id LIMIT ${String(maxEvents + 1)}`, [after]);
}

/** False where too much has happened, or the store was brought back to an older state. */
async function takeUpEvents(sql: Sql, book: Book): Promise<boolean> {
  const [first, ...later] = await listEvents(sql, book.settledEvent - 1);
  // Without the event that it ends with, this is another history than the one the book was read in.
  if (book.settledEvent > 0 && first?.id !== book.settledEvent) return false;
  const events = book.settledEvent > 0 || first === undefined ? later : [first, ...later];
  if (events.length >= maxEvents) return false;
  const news = events.filter(({ id }) => !book.takenUp.has(id));
  if (news.some(({ kind }) => kind === 'restored')) return false;
  const cases = [...new Set(news.flatMap(({ caseId }) => caseId ?? []))];
  for (let at = 0; at < cases.length; at += perReading) await readAgain(sql, book, cases.slice(at, at + perReading));
  const open = events.findIndex(({ isSettled }) => !isSettled);
  book.settledEvent = (open === -1 ? events : events.slice(0, open)).at(-1)?.id ?? book.settledEvent;
  book.takenUp = new Set(open === -1 ? [] : events.slice(open).map(({ id }) => id));
  return true;
}

/** A mail may have come from another case, or be no request any more. */
async function readAgain(sql: Sql, { lines, traits, fromMs }: Book, caseIds: readonly number[]): Promise<void> {
  const mails = await sql.query<{ id: number }>('SELECT id FROM refund_triage.messages WHERE case_id = ANY($1::bigint[])', [caseIds]);
  for (const { id } of mails) lines.delete(id);
  for (const line of await readRequestLines(sql, { caseIds }, traits)) if (line.arrivedMs >= fromMs) lines.set(line.mail, line);
}

/** From what the book has back to this moment, the newest first. */
async function readBack(sql: Sql, book: Book, fromMs: number): Promise<void> {
  const { lines, traits } = book;
  const oldestMs = Date.now() - maxAgeMs;
  if (book.fromMs < oldestMs && fromMs > oldestMs) {
    for (const [mail, { arrivedMs }] of lines) if (arrivedMs < oldestMs) lines.delete(mail);
    book.fromMs = oldestMs;
  }
  while (book.fromMs > fromMs) {
    const [row] = await sql.query<{ at: Date }>(
      `SELECT received_at AS at FROM refund_triage.messages WHERE role = 'request' AND received_at < $1 AND received_at >= $2 ORDER BY received_at DESC OFFSET ${String(perReading)} LIMIT 1`,
      [new Date(book.fromMs), new Date(fromMs)],
    );
    const startMs = Math.max(fromMs, Math.min(row?.at.getTime() ?? fromMs, book.fromMs - 1));
    for (const line of await readRequestLines(sql, { fromMs: startMs, untilMs: book.fromMs }, traits)) lines.set(line.mail, line);
    book.fromMs = startMs;
  }
}
