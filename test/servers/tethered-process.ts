import { execFileSync, spawn } from 'node:child_process';
import { Writable } from 'node:stream';

/**
 * A server that lives no longer than the tests: a shell between us and it ends it (and removes its folder) as soon as our end of the
 * pipe closes, even when we were killed with SIGKILL.
 */
export interface TetheredProcess {
  /** SIGTERM, then SIGKILL after five seconds; resolves when it is gone. Its folder stays. */
  stop(): Promise<void>;
  /** SIGKILL for the server and all its children at once. Its folder stays. */
  kill9(): Promise<void>;
  /** Sends a signal to the server and all its children. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
}

export interface TetherOptions {
  /** Removed when the tests die without a `stop()`. */
  readonly folder: string;
  /** Runs as this user when we are root. */
  readonly owner: Owner | null;
  readonly env?: Record<string, string>;
}

export interface Owner {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

const script = `
folder=$1; shift
"$@" &
server=$!
( while read -r word; do [ "$word" = stop ] && break; done; [ "$word" = stop ] || gone=1
  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do kill -TERM $server 2>/dev/null || break; sleep 0.2; done
  kill -KILL $server 2>/dev/null
  [ "$gone" = 1 ] && rm -rf "$folder"
  exit 0 ) <&3 &
tether=$!
exec 3<&-
wait $server
wait $tether
`;

/** Starts `command` tied to this process's life. Its output goes to the given log through its own configuration; standard streams are dropped. */
export function tether(command: string, args: readonly string[], options: TetherOptions): TetheredProcess {
  const child = spawn('/bin/sh', ['-c', script, 'tether', options.folder, command, ...args], {
    // A group of its own, so that `kill9` reaches the server's children as well.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...options.env },
    ...(options.owner === null ? {} : { uid: options.owner.uid, gid: options.owner.gid }),
  });
  const line = child.stdio[3];
  if (!(line instanceof Writable)) throw new Error('the pipe to the shell was not opened');
  line.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const send = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Already gone.
    }
  };
  return {
    async stop() {
      // One that was frozen would never hear it.
      send('SIGCONT');
      line.write('stop\n');
      await exited;
    },
    async kill9() {
      send('SIGKILL');
      await exited;
    },
    signal: send,
  };
}

/** Whom servers run as: an unprivileged account when we are root (many refuse root), else ourselves. */
export function serverOwner(preferred = 'nobody'): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = execFileSync('getent', ['passwd', preferred], { encoding: 'utf8' }).trim().split(':');
  const [group] = execFileSync('getent', ['group', String(gid)], { encoding: 'utf8' }).trim().split(':');
  return { name: preferred, group: group ?? 'nogroup', uid: Number(uid), gid: Number(gid) };
}
