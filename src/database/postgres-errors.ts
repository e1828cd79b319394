import { StoreUnavailableError } from './store-errors.ts';

/** Whether the connection to PostgreSQL is at fault, and the same statement may succeed on another one. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error);
  // Connection exceptions, too many connections, server shutting down or starting up.
  if (/^08|^57P0|^53300$/.test(code) || /^(?:ECONN|ETIMEDOUT|EPIPE|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/.test(code)) return true;
  return error instanceof Error
    && /Connection terminated|connection timeout|Client has encountered a connection error|timeout exceeded when trying to connect/i.test(error.message);
}

export function unavailable(error: unknown): StoreUnavailableError {
  if (error instanceof StoreUnavailableError) return error;
  const reason = error instanceof Error ? error.message || codeOf(error) : String(error);
  return new StoreUnavailableError(`PostgreSQL at DATABASE_URL cannot be used: ${reason}`, { cause: error });
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
