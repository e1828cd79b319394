import type { Secret } from '../secret.ts';

/** How a model is reached and what it may cost. Nobody has one unless the configuration names it. */
export interface ModelSettings {
  /** As the server calls it: `gpt-4.1-mini`. */
  readonly name: string;
  /** Of any server that speaks OpenAI's protocol, with its `/v1`. */
  readonly baseUrl: string;
  /** Null for servers that ask for none. */
  readonly apiKey: Secret | null;
  /** The longest that a mail waits, retries and the wait for a free place included. */
  readonly timeoutMs: number;
  /** Questions that are on their way at the same time. */
  readonly concurrency: number;
  /** Input and output together; days are those of UTC. */
  readonly maxTokensPerDay: number;
  readonly maxTokensPerCase: number;
  /** Whether it may be shown pictures of screens, which cannot be masked, of merchants whose packs consent to that. */
  readonly screenshots: boolean;
}

export const openAiBaseUrl = 'https://api.openai.com/v1';
