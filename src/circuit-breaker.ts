/**
 * A circuit breaker: after some failures in a row the server is left alone for a while, twice as long each time; then one question tries it. So a dead server costs a mail
 * no time, and is found again when it is back.
 */
export interface CircuitBreaker {
  /** Whether a question may go out now. True for a single one where the server is being tried again. */
  readonly mayPass: (nowMs: number) => boolean;
  readonly succeeded: () => void;
  /** `pauseMs`: how long the server itself asks to be left alone. */
  readonly failed: (nowMs: number, pauseMs?: number) => void;
}

const failuresToOpen = 4;
const firstPauseMs = 30_000;
const longestPauseMs = 600_000;

export function openCircuitBreaker(): CircuitBreaker {
  let failures = 0;
  let pauseMs = firstPauseMs;
  let closedFromMs: number | null = null;
  let isTrying = false;
  return {
    mayPass: (nowMs) => {
      if (closedFromMs === null) return true;
      if (nowMs < closedFromMs || isTrying) return false;
      isTrying = true;
      return true;
    },
    succeeded: () => {
      failures = 0;
      pauseMs = firstPauseMs;
      closedFromMs = null;
      isTrying = false;
    },
    failed: (nowMs, askedPauseMs = 0) => {
      failures += 1;
      const askedFor = Math.min(askedPauseMs, longestPauseMs);
      const wasTried = isTrying;
      isTrying = false;
      if (wasTried || failures >= failuresToOpen) {
        // Questions that were on their way together fail together: that makes no longer pause.
        if (wasTried || closedFromMs === null) {
          closedFromMs = nowMs + Math.max(pauseMs, askedFor);
          pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        }
      } else if (askedFor > 0) {
        closedFromMs = Math.max(closedFromMs ?? 0, nowMs + askedFor);
      }
    },
  };
}
