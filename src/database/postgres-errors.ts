import { StoreUnavailableError } from './store-errors.ts';

/** Whether the database lacks something, or cannot get at its files: a full disk, no memory, no connection left (PostgreSQL's classes 53 and 58). No mail is at fault for that. */
export function isShortage(error: unknown): boolean {
  return /^5[38]/.test(codeOf(error));
}

/** Whether what was tried got in the way of another transaction, and may be tried again: it was taken back as a whole. */
export function isConflict(error: unknown): boolean {
  // Serialization failure, deadlock.
  return ['40001', '40P01'].includes(codeOf(error));
}

/** Whether the connection to PostgreSQL, or its server, is at fault, and the same statement may succeed on another one. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error);
  // Connection exceptions, server shutting down or starting up.
  if (/^08|^57P0/.test(code) || isShortage(error) || /^(?:ECONN|ETIMEDOUT|EPIPE|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/.test(code)) return true;
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
