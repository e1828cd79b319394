import { z } from 'zod';
import type { Secret } from '../secret.ts';
import { maxOrders, type OrderSource, type RawOrder } from './order-source.ts';
import { cellAt } from './read-record.ts';
import { RecordsUnavailableError, RecordsUnusableError } from './records-errors.ts';
import { recordKeys, type RecordKey, type RecordsSettings } from './records-settings.ts';

type HttpSettings = NonNullable<RecordsSettings['http']>;

const maxAnswerBytes = 1024 * 1024;
const orderSchema = z.record(z.string(), z.unknown());
const answerSchema = z.union([z.null(), z.undefined(), orderSchema, z.array(orderSchema)]);

/** A server that is asked by GET and answers in JSON: an order, a list of orders, or 404 where there is none. */
export function openHttpOrders(settings: HttpSettings, secret: Secret | null): OrderSource {
  const keys = recordKeys.filter((key) => settings[`by_${key}`] !== undefined);
  const first = keys.flatMap((key) => settings[`by_${key}`] ?? [])[0] ?? '';
  const name = new URL(first).host;
  const ask = async (url: URL, signal: AbortSignal): Promise<readonly RawOrder[]> => {
    const headers = { accept: 'application/json', ...(settings.header === undefined ? {} : { [settings.header.name]: `${settings.header.before}${secret?.reveal() ?? ''}` }) };
    const within = AbortSignal.any([signal, AbortSignal.timeout(settings.timeout_seconds * 1_000)]);
    const response = await reaching(fetch(url, { headers, signal: within, redirect: 'manual' }), name);
    try {
      return await readAnswer(response, settings, name);
    } finally {
      // What is not read any more must not hold the connection.
      await response.body?.cancel().catch(() => undefined);
    }
  };
  return {
    name,
    keys,
    find: async (key, value, signal) => {
      const url = addressOf(settings, key, value);
      return url === null ? [] : await ask(url, signal);
    },
    check: async (signal) => {
      for (const key of keys) {
        const url = addressOf(settings, key, key === 'account_email' ? 'nobody@example.invalid' : 'no-such-order-0');
        if (url !== null) await ask(url, signal);
      }
      return `${name} answers${settings.header === undefined ? '' : `, and takes the secret of ${settings.header.secret}`}`;
    },
    close: async () => { await Promise.resolve(); },
  };
}

/** Null for what would lead elsewhere. */
function addressOf(settings: HttpSettings, key: RecordKey, value: string): URL | null {
  const template = settings[`by_${key}`];
  // `encodeURIComponent` leaves points as they are, and a path with `..` climbs out of its folder.
  if (template === undefined || value === '' || /^\.+$|\p{Cs}/u.test(value)) return null;
  return new URL(template.replaceAll(`{${key}}`, encodeURIComponent(value)));
}

async function readAnswer(response: Response, { list }: HttpSettings, name: string): Promise<readonly RawOrder[]> {
  const { status } = response;
  if (status === 404 || status === 204) return [];
  // It would carry the secret, and what a customer bought, elsewhere.
  if (status >= 300 && status < 400) throw new RecordsUnusableError(`${name} redirects (${String(status)}): give the address it redirects to.`);
  if (status === 401 || status === 403) throw new RecordsUnusableError(`${name} does not accept the secret (${String(status)}).`);
  if (status >= 500 || status === 429 || status === 408) throw new RecordsUnavailableError(`${name} answers ${String(status)}.`);
  if (status !== 200) throw new RecordsUnusableError(`${name} answers ${String(status)}.`);
  const answer = answerSchema.safeParse(placeIn(parseJson(await readBody(response, name), name), list));
  if (!answer.success) throw new RecordsUnusableError(`${name} answers something else than an order or a list of orders${list === '' ? '' : ` at ${list}`}.`);
  const orders = answer.data ?? [];
  return Array.isArray(orders) ? orders.slice(0, maxOrders + 1) : [orders];
}

function placeIn(answer: unknown, list: string): unknown {
  return list === '' ? answer : cellAt(answer, list);
}

async function readBody(response: Response, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxAnswerBytes) throw new RecordsUnusableError(`${name} answers more than ${String(maxAnswerBytes / 1024 / 1024)} MB to a question for one order.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof RecordsUnusableError ? error : unreachable(error, name);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new RecordsUnusableError(`${name} answers something that is no JSON.`);
  }
}

async function reaching<Result>(work: Promise<Result>, name: string): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw unreachable(error, name);
  }
}

function unreachable(error: unknown, name: string): RecordsUnavailableError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError') ? 'it does not answer in time' : cause instanceof Error ? cause.message : 'unknown reason';
  // Without a cause: the library's errors hold the address, and that holds a customer's.
  return new RecordsUnavailableError(`${name} cannot be reached: ${why}.`);
}
