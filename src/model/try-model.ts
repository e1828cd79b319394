import { z } from 'zod';
import { TriageError } from '../errors.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { ModelSettings } from './model-settings.ts';

/** The language model's server cannot be reached, or does not accept the key. Mail goes on without it. */
export class ModelUnavailableError extends TriageError {
  readonly code = 'model_unavailable';
  readonly retryable = true;
}

const timeoutMs = 10_000;
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Asks the server for its list of models, with the key and without a word of any mail. Resolves to what is to be known of it; throws `ModelUnavailableError`. */
export async function tryModel({ name, baseUrl, apiKey }: Pick<ModelSettings, 'name' | 'baseUrl' | 'apiKey'>): Promise<string> {
  const { host } = new URL(baseUrl);
  let response: Response;
  let list: unknown;
  try {
    response = await boundedFetch(`${baseUrl.replace(/\/$/, '')}/models`, { signal: AbortSignal.timeout(timeoutMs), headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey.reveal()}` } });
    list = await response.json().catch(() => null);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new ModelUnavailableError(`${host}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause: error });
  }
  if (response.status === 401 || response.status === 403) throw new ModelUnavailableError(`${host}: the key is not accepted (${String(response.status)})`);
  if (response.status >= 500) throw new ModelUnavailableError(`${host}: the server answers ${String(response.status)}`);
  const models = modelsSchema.safeParse(list).data?.data;
  return models === undefined || models.some(({ id }) => id === name) ? `${name} at ${host}` : `${name} at ${host}; the server does not list it`;
}
