const patienceMs = 10_000;

/**
 * Aborts at the first SIGTERM or SIGINT. Work in hand has ten seconds to end; waiting for a server that is gone it may never, and what is left is done at the next
 * start. At a second signal the process ends at once, as people expect who press Ctrl-C again.
 */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    controller.abort();
    setTimeout(() => {
      process.stderr.write('refund-triage: ended with work in hand; it is done at the next start\n');
      process.exit(0);
    }, patienceMs).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return controller.signal;
}
