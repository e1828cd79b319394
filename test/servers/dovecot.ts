import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freeLoopbackPort, waitForGreeting } from './ports.ts';
import { serverOwner, tether } from './tethered-process.ts';
import type { TetheredProcess } from './tethered-process.ts';

/** A private Dovecot on free loopback ports, with its mail in a folder of its own. */
export interface Dovecot {
  readonly host: '127.0.0.1';
  /** Plain, with STARTTLS on offer. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  readonly user: string;
  readonly password: string;
  /** PEM of the self-signed certificate for `localhost` and 127.0.0.1. */
  readonly certificate: string;
  /** The user's Maildir (with `format: 'maildir'`). */
  readonly maildir: string;
  /** Puts a mail into a folder of the Maildir as a delivery agent does: written aside, then renamed into `new/`. */
  deliver(source: Buffer, folder?: string): Promise<void>;
  /** Runs `doveadm` as the server's user, with `source` on its standard input. */
  doveadm(args: readonly string[], source?: Buffer): Promise<string>;
  log(): Promise<string>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** SIGKILL for the server and every session; the mail stays. */
  kill9(): Promise<void>;
  /** SIGSTOP and SIGCONT for the server and its sessions: it hangs with its connections open. */
  freeze(): void;
  thaw(): void;
  /** Ends what still runs and starts it again on the same ports, over the same mail. `configuration` replaces the extra lines. */
  restart(configuration?: string): Promise<void>;
}

export interface DovecotOptions {
  readonly format?: 'maildir' | 'sdbox';
  /** Mailboxes made on the first login; by default Drafts with `\Drafts`. */
  readonly mailboxes?: string;
  /** More lines for dovecot.conf. `$folder` stands for the server's own folder. */
  readonly configuration?: string;
  /** Written into the server's folder before it starts. */
  readonly files?: Readonly<Record<string, string>>;
}

const execute = promisify(execFile);
export const defaultMailboxes = 'mailbox Drafts {\n auto = create\n special_use = \\Drafts\n }\n mailbox Trash {\n auto = create\n special_use = \\Trash\n }';

export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path));
  if (program === undefined) throw new Error('Dovecot is not installed: apt-get install dovecot-imapd');
  const owner = serverOwner('nobody');
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-dovecot-'));
  const [port, tlsPort] = [await freeLoopbackPort(), await freeLoopbackPort()];
  const format = options.format ?? 'maildir';
  const user = 'shop';
  const password = 'correct-horse-battery';
  const maildir = join(folder, 'mail');
  const own = async (path: string): Promise<void> => {
    if (owner !== null) await chown(path, owner.uid, owner.gid);
  };
  for (const name of ['', 'mail', 'home', 'run', 'state']) {
    if (name !== '') await mkdir(join(folder, name));
    await own(join(folder, name));
  }
  await execute('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem'),
  ]);
  await own(join(folder, 'key.pem'));
  await own(join(folder, 'certificate.pem'));
  const me = userInfo();
  const account = owner ?? { name: me.username, group: execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim(), uid: me.uid, gid: me.gid };

  const configure = async (extra: string): Promise<void> => {
    const lines = `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
ssl_dh =
disable_plaintext_auth = no
default_internal_user = ${account.name}
default_internal_group = ${account.group}
default_login_user = ${account.name}
default_vsz_limit = 2G
first_valid_uid = 1
mail_location = ${format}:${maildir}
mail_max_userip_connections = 100
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${account.uid} gid=${account.gid} home=${folder}/home
}
namespace inbox {
  inbox = yes
  separator = /
  ${options.mailboxes ?? defaultMailboxes}
}
${extra.replaceAll('$folder', folder)}
`;
    await writeFile(join(folder, 'dovecot.conf'), lines);
    await own(join(folder, 'dovecot.conf'));
  };

  const log = async (): Promise<string> => readFile(join(folder, 'log'), 'utf8').catch(() => '');
  let server: TetheredProcess | null = null;
  const start = async (): Promise<void> => {
    server = tether(program, ['-F', '-c', join(folder, 'dovecot.conf')], { folder, owner });
    let written = '';
    const reading = setInterval(() => void log().then((text) => (written = text)), 200);
    try {
      await waitForGreeting(port, () => written);
    } finally {
      clearInterval(reading);
    }
  };
  for (const [name, content] of Object.entries(options.files ?? {})) {
    await writeFile(join(folder, name), content);
    await own(join(folder, name));
  }
  await configure(options.configuration ?? '');
  await start();

  let delivered = 0;
  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    user,
    password,
    certificate: await readFile(join(folder, 'certificate.pem'), 'utf8'),
    maildir,
    async deliver(source, mailbox) {
      const target = mailbox === undefined ? maildir : join(maildir, `.${mailbox}`);
      for (const name of ['', 'tmp', 'new', 'cur']) {
        const path = join(target, name);
        if (existsSync(path)) continue;
        await mkdir(path, { recursive: true });
        await own(path);
      }
      delivered += 1;
      const name = `${Math.floor(Date.now() / 1000)}.M${process.pid}P${delivered}.test`;
      await writeFile(join(target, 'tmp', name), source);
      if (owner !== null) chownSync(join(target, 'tmp', name), owner.uid, owner.gid);
      await chmod(join(target, 'tmp', name), 0o600);
      await rename(join(target, 'tmp', name), join(target, 'new', name));
    },
    async doveadm(args, source) {
      const running = execute('doveadm', ['-c', join(folder, 'dovecot.conf'), ...args], {
        ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
        cwd: folder,
        maxBuffer: 64 * 1024 * 1024,
      });
      // A command that reads nothing may be gone before its input is.
      running.child.stdin?.on('error', () => undefined).end(source ?? '');
      return (await running).stdout;
    },
    log,
    async stop() {
      // Nothing of it is needed any more, and its orderly end takes a second.
      await server?.kill9();
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
    async kill9() {
      await server?.kill9();
    },
    freeze() {
      server?.signal('SIGSTOP');
    },
    thaw() {
      server?.signal('SIGCONT');
    },
    async restart(configuration) {
      await server?.stop();
      // After SIGKILL the file stays, and a pid that nobody has reaped yet would keep Dovecot from starting.
      await rm(join(folder, 'run', 'master.pid'), { force: true });
      if (configuration !== undefined) await configure(configuration);
      await start();
    },
  };
}
