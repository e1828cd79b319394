import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openStore, type Store, type StoreOptions } from '../../src/cases/store.ts';
import { writeBackup } from '../../src/database/backup.ts';
import type { Packs } from '../../src/packs/pack.ts';
import { type Random, seededRandom } from '../bench/seeded-random.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import type { RedisServer } from '../servers/redis.ts';
import { typescriptNode } from '../servers/typescript-node.ts';
import { balance, type Ledger } from './ledger.ts';
import { makeShopMails, type ShopMail } from './shop-mails.ts';
import { type ShopRole, shopRoles, type ShopSettings } from './shop-settings.ts';
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts';

/** Where queue and store are kept. */
export const backends = ['embedded', 'postgres', 'redis', 'redis-embedded'] as const;
export type Backend = (typeof backends)[number];

/** The servers that all rounds share; null until one needs them. */
export interface SharedServers {
  readonly postgres: () => Promise<PostgresServer>;
  readonly redis: () => Promise<RedisServer>;
}

export interface ShopOptions {
  readonly backend: Backend;
  readonly seed: number;
  readonly mails: number;
  readonly packs: Packs;
  readonly servers: SharedServers;
  /** How often it is disturbed; as often as the scenario says where it is null. */
  readonly faults: number | null;
  /** The folder that is watched; INBOX where nothing is said. */
  readonly folder?: string;
  /** Folders that the mail server makes; Drafts and Sent by themselves where nothing is said. */
  readonly mailboxes?: string;
}

export interface ShopProcess {
  readonly roles: readonly ShopRole[];
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  /** The last error on its standard error. */
  readonly lastError: () => string;
  /** Lines on its standard output. */
  readonly lines: string[];
}

const shopProgram = fileURLToPath(new URL('shop-process.ts', import.meta.url));
const movedClock = new URL('moved-clock.ts', import.meta.url).href;
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
const autoFolders = ['Drafts', 'Sent'].map((name) => `mailbox ${name} {\n auto = create\n special_use = \\${name}\n }`).join('\n');
const settleTimeoutMs = 300_000;
const restartPauseMs = 300;

/** One round: a shop with mail server, SMTP server, store, queue and processes that work, for a scenario to disturb. */
export class Shop {
  readonly random: Random;
  readonly folder: string;
  readonly faults: number | null;
  readonly dovecot: Dovecot;
  readonly smtp: SmtpSink;
  readonly postgres: PostgresServer | null;
  readonly redis: RedisServer | null;
  readonly delivered: ShopMail[] = [];
  /** Processes that ended by themselves, with what they said last. */
  readonly crashes: string[] = [];
  /** What was done to it, and how often. */
  readonly done = new Map<string, number>();
  /** While the disk of the mail was full, in milliseconds since 1970: the mail server says that it has set keywords then, and forgets them. */
  readonly mailDiskFull: { readonly fromMs: number; readonly toMs: number }[] = [];
  /** What it ought to have done meanwhile, and did not: one line each. */
  readonly complaints: string[] = [];
  /** What the shop is reached by; a scenario may put a proxy in between. */
  settings: Omit<ShopSettings, 'settles' | 'roles'>;
  clock: readonly { readonly afterMs: number; readonly offsetMs: number }[] = [];
  readonly #waiting: ShopMail[];
  readonly #directory: string;
  readonly #processes = new Set<ShopProcess>();
  readonly #codesSaid = new Set<string>();
  #starts = 0;
  #isOpen = true;

  private constructor(parts: Pick<Shop, 'random' | 'folder' | 'faults' | 'dovecot' | 'smtp' | 'postgres' | 'redis'>, settings: Shop['settings'], mails: ShopMail[], directory: string) {
    this.random = parts.random;
    this.folder = parts.folder;
    this.faults = parts.faults;
    this.dovecot = parts.dovecot;
    this.smtp = parts.smtp;
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.settings = settings;
    this.#waiting = mails;
    this.#directory = directory;
  }

  static async open({ backend, seed, mails, faults, packs, servers, folder = 'INBOX', mailboxes = autoFolders }: ShopOptions): Promise<Shop> {
    const random = seededRandom(seed);
    const directory = await mkdtemp(join(tmpdir(), 'refund-triage-chaos-'));
    const [postgres, redis] = [backend === 'postgres' || backend === 'redis' ? await servers.postgres() : null, backend.startsWith('redis') ? await servers.redis() : null];
    await mkdir(join(directory, 'data'));
    const store: StoreOptions = postgres === null ? { dataDir: join(directory, 'data') } : { databaseUrl: await postgres.createDatabase() };
    const [dovecot, smtp] = await Promise.all([startDovecot({ mailboxes }), startSmtpSink(join(directory, 'taken.jsonl'))]);
    const settings = {
      place: { store, redisUrl: redis?.url ?? null }, imap: { host: dovecot.host, port: dovecot.port, user: dovecot.user, password: dovecot.password, folder },
      smtp: { port: smtp.port, user: smtp.user, password: smtp.password }, delayMs: 12, approvesOneOf: 3,
    };
    return new Shop({ random, folder, faults, dovecot, smtp, postgres, redis }, settings, await makeShopMails(packs, random, mails), directory);
  }

  /** Where the embedded store lies; null where it is on a server. */
  get dataDir(): string | null {
    const { store } = this.settings.place;
    return 'dataDir' in store ? store.dataDir : null;
  }

  get directory(): string {
    return this.#directory;
  }

  /** Several at once where the store allows it. */
  get processes(): readonly ShopProcess[] {
    return [...this.#processes];
  }

  /** Counts what was done. */
  did(kind: string): void {
    this.done.set(kind, (this.done.get(kind) ?? 0) + 1);
  }

  /** Until one of the processes reports this error (for the first time, in this round), or so long; whether one did. */
  async reports(code: string, timeoutMs: number): Promise<boolean> {
    for (const deadline = performance.now() + timeoutMs; !this.#codesSaid.has(code) && performance.now() < deadline;) await sleep(20);
    return this.#codesSaid.has(code);
  }

  /** Whether there are mails that have not come yet. */
  get hasMore(): boolean {
    return this.#waiting.length > 0;
  }

  /** Delivers this share of what has not come yet. */
  async deliver(share: number): Promise<void> {
    const count = Math.ceil(this.#waiting.length * share);
    for (const mail of this.#waiting.splice(0, count)) {
      await this.dovecot.deliver(mail.source, this.folder === 'INBOX' ? undefined : this.folder);
      this.delivered.push(mail);
    }
  }

  /** Starts one process that works until it is killed; it is started again when it ends by itself, as its supervisor does. */
  start(roles: readonly ShopRole[] = shopRoles): ShopProcess {
    const started = this.#spawn(false, roles);
    this.#processes.add(started);
    void this.#supervise(started);
    return started;
  }

  async #supervise(started: ShopProcess): Promise<void> {
    await started.exited;
    const wasKilled = !this.#processes.delete(started);
    if (wasKilled || !this.#isOpen) return;
    this.crashes.push(`ended by itself (${String(started.child.exitCode ?? started.child.signalCode)}: ${started.lastError()})`);
    await sleep(restartPauseMs);
    if (this.#isOpen) this.start(started.roles);
  }

  /** As many as the store takes. */
  startAll(): void {
    for (let count = this.dataDir === null ? 2 : 1; count > 0; count -= 1) this.start();
  }

  async kill(process: ShopProcess): Promise<void> {
    this.#processes.delete(process);
    process.child.kill('SIGKILL');
    await process.exited;
  }

  /** A random time, in milliseconds, waited for. */
  async pause(leastMs: number, mostMs: number): Promise<void> {
    await sleep(leastMs + this.random.below(Math.max(1, mostMs - leastMs)));
  }

  /** Until one of the processes has worked on a mail since; not longer than `timeoutMs`. */
  async workBegins(timeoutMs = 60_000): Promise<void> {
    const count = (): number => this.processes.reduce((sum, { lines }) => sum + lines.filter((line) => line.startsWith('mail ')).length, 0);
    const before = count();
    for (const deadline = performance.now() + timeoutMs; count() === before && performance.now() < deadline;) await sleep(10);
  }

  /** What still runs is killed; then, undisturbed, what is left to do is done, and the ledger must balance. */
  async settle(): Promise<Ledger> {
    await this.deliver(1);
    for (const process of this.processes) await this.kill(process);
    this.smtp.behave();
    this.smtp.release();
    const faults = [...this.complaints];
    const settling = this.#spawn(true, shopRoles);
    const timer = setTimeout(() => {
      faults.push(`nothing came to rest within ${String(settleTimeoutMs / 1_000)} s; last: ${settling.lines.slice(-3).join(' | ')}`);
      settling.child.kill('SIGKILL');
    }, settleTimeoutMs);
    await settling.exited;
    clearTimeout(timer);
    if (settling.child.exitCode !== 0 && settling.child.signalCode !== 'SIGKILL') faults.push(`the process that settles ended with ${String(settling.child.exitCode ?? settling.child.signalCode)}`);
    const audit = settling.lines.find((line) => line.startsWith('audit '));
    if (audit === undefined && faults.length === 0) faults.push('the process that settles ended without an audit');
    if (audit !== undefined && !audit.includes('"isBalanced":true')) faults.push(`the program's own ${audit}`);
    const store: Store = await openStore(this.settings.place.store);
    try {
      const ledger = await balance({ store, dovecot: this.dovecot, smtp: this.smtp, folder: this.folder, delivered: this.delivered, mailDiskFull: this.mailDiskFull });
      const found = [...faults, ...ledger.faults];
      // The servers' databases are gone with them.
      if (found.length > 0) await writeBackup(store.database, createWriteStream(join(this.#directory, 'store.jsonl.gz')));
      return { ...ledger, faults: found };
    } finally {
      await store.close();
    }
  }

  /** `keepsLogs`: what the processes said, and what the store held, stays in `directory`. */
  async close(keepsLogs: boolean): Promise<void> {
    this.#isOpen = false;
    for (const process of this.processes) await this.kill(process);
    await Promise.all([this.dovecot.stop(), this.smtp.kill9()]);
    if (keepsLogs) return;
    await rm(this.#directory, { recursive: true, force: true });
  }

  #spawn(settles: boolean, roles: readonly ShopRole[]): ShopProcess {
    this.#starts += 1;
    const settings: ShopSettings = { ...this.settings, settles, roles: [...roles], ...(settles ? { delayMs: 0, approvesOneOf: null } : {}) };
    const child = spawn(typescriptNode, [...(this.clock.length === 0 || settles ? [] : ['--import', movedClock]), shopProgram, JSON.stringify(settings)], {
      stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: compileCache, CHAOS_CLOCK: JSON.stringify(this.clock) },
    });
    const lines: string[] = [];
    let rest = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = `${rest}${chunk.toString()}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      // `mail <UID> <state> <code>`
      for (const line of parts) for (const [, code = ''] of line.matchAll(/^mail \d+ quarantined ([a-z_]+)/g)) this.#codesSaid.add(code);
    });
    child.stderr.pipe(createWriteStream(join(this.#directory, `${String(this.#starts)}.log`)));
    // `<time> <mailbox> <code>: <words>`
    let lastError = 'it said nothing';
    child.stderr.on('data', (chunk: Buffer) => {
      const said = chunk.toString();
      lastError = said.split('\n').findLast((line) => /^\S*Error\b/.test(line)) ?? lastError;
      for (const [, code = ''] of said.matchAll(/^\S+Z \S+ ([a-z_]+): /gm)) this.#codesSaid.add(code);
    });
    return { roles, child, lines, lastError: () => lastError, exited: once(child, 'close').then(() => undefined) };
  }
}
