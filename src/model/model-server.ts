import type OpenAI from 'openai';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answerSchema, type Answer } from './answer.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { ModelSettings } from './model-settings.ts';
import type { Picture } from './picture.ts';
import type { TokenCount } from './second-reading.ts';

/** A model's server: takes a question and gives an answer, or says why there is none. Never throws; tries again what may yet succeed, as long as the signal lets it. */
export interface ModelServer {
  readonly ask: (prompt: Prompt, signal: AbortSignal) => Promise<Outcome>;
}

export interface Prompt {
  readonly system: string;
  readonly user: string;
  readonly picture: Picture | null;
  readonly shape: z.ZodType;
}

/**
 * `timeout` nothing came in time · `unreachable` no connection, or it broke off · `rate_limited` asked to wait · `server_error` 5xx · `rejected` the key, the model's name or the question is not accepted · `refused` the
 * model declines to answer · `invalid` what came is no answer of the shape
 */
const failureKinds = ['timeout', 'unreachable', 'rate_limited', 'server_error', 'rejected', 'refused', 'invalid'] as const;
export type FailureKind = (typeof failureKinds)[number];

export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly usage: TokenCount | null; readonly requests: number }
  | { readonly kind: FailureKind; readonly usage: TokenCount | null; readonly requests: number; readonly retryAfterMs: number | null };

/** Facts with their quotes in a script that takes many tokens; and what a model thinks before it answers counts as well. */
export const maxAnswerTokens = 4_000;
const maxRequests = 3;
const firstBackoffMs = 400;
const worthRepeating: ReadonlySet<FailureKind> = new Set(['unreachable', 'rate_limited', 'server_error']);

export function openModelServer(settings: Pick<ModelSettings, 'name' | 'baseUrl' | 'apiKey' | 'timeoutMs'>): ModelServer {
  let opening: Promise<Library> | null = null;
  return {
    ask: async (prompt, signal) => {
      opening ??= openLibrary(settings);
      const library = await opening;
      for (let requests = 1; ; requests += 1) {
        const outcome = await askOnce(library, settings.name, prompt, signal);
        if (outcome.kind === 'answer' || !worthRepeating.has(outcome.kind) || requests >= maxRequests || signal.aborted) return { ...outcome, requests };
        const backoffMs = firstBackoffMs * 2 ** (requests - 1);
        const waitMs = Math.max(outcome.retryAfterMs ?? 0, backoffMs * (0.5 + Math.random()));
        if (waitMs >= settings.timeoutMs) return { ...outcome, requests };
        // A mail's time is over: what came last is why there is no answer.
        if (!(await sleep(waitMs, true, { signal }).catch(() => false))) return { ...outcome, requests };
      }
    },
  };
}

interface Library {
  readonly client: OpenAI;
  readonly errors: Pick<typeof OpenAI, 'APIError' | 'APIConnectionError' | 'APIConnectionTimeoutError' | 'APIUserAbortError'>;
  readonly formatOf: (shape: z.ZodType) => OpenAI.ResponseFormatJSONSchema;
}

// Loaded when the first question is asked: who has no model does not wait for its library.
async function openLibrary({ baseUrl, apiKey, timeoutMs }: Pick<ModelSettings, 'baseUrl' | 'apiKey' | 'timeoutMs'>): Promise<Library> {
  const [{ OpenAI: Client }, { zodResponseFormat }] = await Promise.all([import('openai'), import('openai/helpers/zod')]);
  const client = new Client({
    baseURL: baseUrl, apiKey: apiKey?.reveal() ?? 'none', timeout: timeoutMs, maxRetries: 0, fetch: boundedFetch,
    // Else it takes these from the environment by itself; and it logs what it sends.
    organization: null, project: null, adminAPIKey: null, webhookSecret: null, logLevel: 'off',
  });
  return { client, errors: Client, formatOf: (shape) => zodResponseFormat(shape, 'second_reading') };
}

type OneOutcome = { readonly kind: 'answer'; readonly answer: Answer; readonly usage: TokenCount | null } | { readonly kind: FailureKind; readonly usage: TokenCount | null; readonly retryAfterMs: number | null };

async function askOnce({ client, errors, formatOf }: Library, model: string, { system, user, picture, shape }: Prompt, signal: AbortSignal): Promise<OneOutcome> {
  try {
    const completion: unknown = await client.chat.completions.create({
      model, store: false, max_completion_tokens: maxAnswerTokens, response_format: formatOf(shape),
      messages: [{ role: 'system', content: system }, { role: 'user', content: picture === null ? user : [{ type: 'text', text: user }, { type: 'image_url', image_url: { url: `data:${picture.type};base64,${picture.bytes.toString('base64')}` } }] }],
    }, { signal });
    return readCompletion(completion);
  } catch (error) {
    return { ...failureOf(error, errors, signal), usage: null };
  }
}

const countSchema = z.int().min(0).max(10_000_000);
const usageSchema = z.object({ usage: z.object({ prompt_tokens: countSchema, completion_tokens: countSchema }) });
const completionSchema = z.object({
  choices: z.array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }) })).min(1),
});

/** Nothing of what a server sends is taken for granted, not even that it is a completion. */
function readCompletion(completion: unknown): OneOutcome {
  const used = usageSchema.safeParse(completion).data?.usage;
  const usage = used === undefined ? null : { input: used.prompt_tokens, output: used.completion_tokens };
  const failed = (kind: FailureKind): OneOutcome => ({ kind, usage, retryAfterMs: null });
  const choice = completionSchema.safeParse(completion).data?.choices[0];
  if (choice === undefined) return failed('invalid');
  const { finish_reason: ending, message } = choice;
  if ((message.refusal ?? '') !== '' || ending === 'content_filter') return failed('refused');
  const answer = answerSchema.safeParse(parsedJson(message.content ?? ''));
  return answer.success && ending !== 'length' ? { kind: 'answer', answer: answer.data, usage } : failed('invalid');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureOf(error: unknown, { APIError, APIConnectionError, APIConnectionTimeoutError, APIUserAbortError }: Library['errors'], signal: AbortSignal): { kind: FailureKind; retryAfterMs: number | null } {
  if (signal.aborted || error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) return { kind: 'timeout', retryAfterMs: null };
  if (error instanceof SyntaxError) return { kind: 'invalid', retryAfterMs: null };
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return { kind: 'unreachable', retryAfterMs: null };
  const status = typeof error.status === 'number' ? error.status : 0;
  const retryAfterMs = retryAfter(error.headers instanceof Headers ? error.headers : new Headers());
  if (status === 429) return { kind: 'rate_limited', retryAfterMs };
  if (status >= 500 || status === 408 || status === 409) return { kind: 'server_error', retryAfterMs };
  return { kind: status === 0 ? 'unreachable' : 'rejected', retryAfterMs };
}

const longestRetryAfterMs = 3_600_000;

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(headers: Headers): number | null {
  const written = headers.get('retry-after');
  if (written === null) return null;
  const seconds = Number(written);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(written) - Date.now();
  return Number.isFinite(waitMs) ? Math.min(Math.max(0, waitMs), longestRetryAfterMs) : null;
}
