import type { WorkerEvents } from '../worker/worker-events.ts';

/**
 * How this process stands with a mailbox. `connected` and `lost`: it watches it · `starting`: it is about to · `elsewhere`: another process has the lease on it · `not_watched`: that is
 * not among its roles.
 */
export interface WatchedMailbox {
  readonly name: string;
  readonly watch: 'connected' | 'lost' | 'starting' | 'elsewhere' | 'not_watched';
  /** Why the connection was lost; else null. */
  readonly reason: string | null;
  /** Since when it is so, in milliseconds. */
  readonly sinceMs: number;
}

/** Follows the connections by what the worker tells of them. */
export interface WatchedMailboxes {
  readonly events: WorkerEvents;
  readonly list: () => readonly WatchedMailbox[];
}

export function followMailboxes(names: readonly string[], { watches, now = Date.now }: { readonly watches: boolean; readonly now?: () => number }): WatchedMailboxes {
  const known = new Map<string, WatchedMailbox>();
  const note = (name: string, watch: WatchedMailbox['watch'], reason: string | null): void => {
    const before = known.get(name);
    known.set(name, { name, watch, reason, sinceMs: before?.watch === watch ? before.sinceMs : now() });
  };
  for (const name of names) note(name, watches ? 'elsewhere' : 'not_watched', null);
  return {
    list: () => [...known.values()],
    events: {
      onLeader: (name, isLeader) => { note(name, isLeader ? 'starting' : 'elsewhere', null); },
      onConnection: (name, event) => {
        if (event.kind === 'connected') note(name, 'connected', null);
        else note(name, 'lost', event.reason);
      },
    },
  };
}
