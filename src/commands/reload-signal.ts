/** Calls `onHangUp` at each SIGHUP, by which services are told to read their configuration again, until the returned function is called. */
export function listenForHangUp(onHangUp: () => void): () => void {
  process.on('SIGHUP', onHangUp);
  return () => { process.off('SIGHUP', onHangUp); };
}
