import { createHash } from 'node:crypto';
import type { Doubts } from '../facts/doubts.ts';
import type { Facts } from '../facts/facts.ts';
import type { ReadingMerchant } from '../facts/read-facts.ts';
import type { Message } from '../message/message.ts';
import { openAnswerCache } from './answer-cache.ts';
import { answerShape, type Answer } from './answer.ts';
import { checkAnswer } from './check-answer.ts';
import { openCircuitBreaker } from '../circuit-breaker.ts';
import type { ModelSettings } from './model-settings.ts';
import { maxAnswerTokens, openModelServer, type FailureKind, type Outcome, type Prompt } from './model-server.ts';
import type { Picture } from './picture.ts';
import { openPlaces } from './places.ts';
import { writeQuestion } from './question.ts';
import type { DropReason, SecondReading, TokenCount } from './second-reading.ts';
import { openTokenBudget } from './token-budget.ts';

/**
 * A second reader: a language model that is asked what our own reader is unsure of. It proposes; what it says is believed only as far as `checkAnswer` finds it again in the mail. Never throws, and
 * never takes longer than its time: a mail goes on without it.
 */
export interface SecondReader {
  /** Null where there was no answer. `caseKey` says whose tokens the question spends. */
  readonly read: (message: Message, facts: Facts, doubts: Doubts, merchant: ReadingMerchant, caseKey: string, picture?: Picture | null) => Promise<SecondReading | null>;
  readonly seesPictures: boolean;
  readonly tally: () => ModelTally;
}

/** What a second reader has done since it was opened. Counts; tokens as the server reports them, or as we reckon where it does not. */
export interface ModelTally {
  readonly questions: number;
  readonly requests: number;
  readonly answers: number;
  readonly cached: number;
  /** Not asked: no tokens left for today or for the case, the server is left alone for a while, no place came free in time. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly failed: Readonly<Partial<Record<FailureKind, number>>>;
  readonly believed: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  readonly tokens: TokenCount;
}

export type SkipReason = 'budget' | 'pause' | 'busy';

/** What the model's keeper may want to know as it happens holds no words of a mail. */
export interface SecondReaderOptions {
  readonly onFailure?: (kind: FailureKind) => void;
  readonly onSkip?: (why: SkipReason) => void;
  /** Aborted: what is on its way is given up, and nothing more is asked. */
  readonly signal?: AbortSignal;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Goes into the key of the cache: answers to another wording of the question are not taken for answers to this one. */
const promptVersion = 1;

export function openSecondReader(settings: ModelSettings, { onFailure, onSkip, signal: ending, now = Date.now }: SecondReaderOptions = {}): SecondReader {
  const server = openModelServer(settings);
  const breaker = openCircuitBreaker();
  const budget = openTokenBudget(settings);
  const places = openPlaces(settings.concurrency);
  const cache = openAnswerCache();
  const tally = { questions: 0, requests: 0, answers: 0, cached: 0, believed: 0, skipped: { budget: 0, pause: 0, busy: 0 }, failed: {} as Partial<Record<FailureKind, number>>, dropped: {} as Partial<Record<DropReason, number>> };
  let tokens: TokenCount = { input: 0, output: 0 };

  const skip = (why: SkipReason): null => {
    tally.skipped[why] += 1;
    onSkip?.(why);
    return null;
  };

  const ask = async (prompt: Prompt, caseKey: string, signal: AbortSignal): Promise<{ answer: Answer | null; tokens: TokenCount } | null> => {
    const place = await places.take(signal);
    if (place === null) return skip('busy');
    try {
      const guess = guessTokens(prompt);
      const reservation = budget.reserve(caseKey, guess.input + guess.output, now());
      if (reservation === null) return skip('budget');
      if (!breaker.mayPass(now())) {
        reservation.settle(0);
        return skip('pause');
      }
      const outcome = await withinTime(server.ask(prompt, signal), signal);
      const taken = tokensTaken(outcome, guess);
      reservation.settle(taken.input + taken.output);
      tokens = { input: tokens.input + taken.input, output: tokens.output + taken.output };
      tally.requests += outcome.requests;
      noteHealth(outcome);
      if (outcome.kind === 'answer') return { answer: outcome.answer, tokens: taken };
      tally.failed[outcome.kind] = (tally.failed[outcome.kind] ?? 0) + 1;
      onFailure?.(outcome.kind);
      return { answer: null, tokens: taken };
    } finally {
      place();
    }
  };

  const noteHealth = (outcome: Outcome): void => {
    if (outcome.kind === 'answer' || outcome.kind === 'refused') breaker.succeeded();
    else breaker.failed(now(), outcome.kind === 'rejected' ? rejectedPauseMs : (outcome.retryAfterMs ?? 0));
  };

  return {
    seesPictures: settings.screenshots,
    read: async (message, facts, doubts, merchant, caseKey, given = null) => {
      tally.questions += 1;
      const picture = settings.screenshots ? given : null;
      const { mask, system, user } = writeQuestion(message, facts.language, doubts, merchant.vocabulary, picture !== null);
      const prompt: Prompt = { system, user, picture, shape: answerShape(doubts, merchant.vocabulary, picture !== null) };
      const key = createHash('sha256').update(JSON.stringify([promptVersion, settings.baseUrl, settings.name, system, user])).update(picture?.bytes ?? '').digest('hex');
      const timeout = AbortSignal.timeout(settings.timeoutMs);
      const signal = ending === undefined ? timeout : AbortSignal.any([timeout, ending]);
      let spent: TokenCount = { input: 0, output: 0 };
      const { answer, isCached } = await cache.answerTo(key, async () => {
        const asked = await ask(prompt, caseKey, signal);
        spent = asked?.tokens ?? spent;
        return asked?.answer ?? null;
      });
      if (answer === null) return null;
      if (isCached) tally.cached += 1;
      else tally.answers += 1;
      const checked = checkAnswer(answer, mask, doubts, message, merchant, picture);
      tally.believed += [checked.topic, checked.reason, checked.product].filter((each) => each !== null).length + Object.keys(checked.facts).length;
      for (const { why } of checked.dropped) tally.dropped[why] = (tally.dropped[why] ?? 0) + 1;
      return { ...checked, asked: doubts, cached: isCached, tokens: spent };
    },
    tally: () => structuredClone({ ...tally, tokens }),
  };
}

/** A key or a model's name that is not accepted will not be accepted in a minute. */
const rejectedPauseMs = 600_000;

/** Also where the library forgets its own signal. */
async function withinTime(outcome: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  const timeout: Outcome = { kind: 'timeout', usage: null, requests: 1, retryAfterMs: null };
  if (signal.aborted) return timeout;
  let gaveUp: (() => void) | undefined;
  try {
    return await Promise.race([
      outcome.catch((): Outcome => ({ kind: 'unreachable', usage: null, requests: 1, retryAfterMs: null })),
      new Promise<Outcome>((resolve) => {
        gaveUp = () => { resolve(timeout); };
        signal.addEventListener('abort', gaveUp, { once: true });
      }),
    ]);
  } finally {
    if (gaveUp !== undefined) signal.removeEventListener('abort', gaveUp);
  }
}

/** What servers reckon for a picture of a screen in detail, about. */
const pictureTokens = 1_500;

/** A token is four characters of English, and one or two of other scripts. */
function guessTokens({ system, user, picture }: Prompt): TokenCount {
  const text = system + user;
  const foreign = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return { input: Math.ceil((text.length - foreign) / 4 + foreign / 1.5) + 200 + (picture === null ? 0 : pictureTokens), output: maxAnswerTokens };
}

/** A server that says it took nothing, or a thousand times too much, is not believed; of what failed on the way it may have taken all it was sent. */
function tokensTaken({ usage, requests, kind }: Outcome, guess: TokenCount): TokenCount {
  if (usage !== null && usage.input >= guess.input / 8 && usage.input <= guess.input * 8 && usage.output <= guess.output * 4) return usage;
  if (kind === 'unreachable' || kind === 'rate_limited' || kind === 'rejected') return { input: 0, output: 0 };
  return { input: guess.input * requests, output: kind === 'answer' ? Math.ceil(guess.output / 4) : 0 };
}
