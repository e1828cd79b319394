import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { pino } from 'pino';
import { openStore } from '../cases/store.ts';
import { bundledTemplatesDir, defaultDataDir } from '../config.ts';
import type { Environment } from '../config-environment.ts';
import { openDemoRecords } from '../demo/demo-records.ts';
import { layOutDemo } from '../demo/lay-out-demo.ts';
import { triageLine, triageTable, type TriageRow } from '../demo/triage-table.ts';
import type { ServedDesk } from '../desk/serve-desk.ts';
import { MaildirMailbox } from '../mailbox/maildir-mailbox.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { laterRecords, openRecords } from '../records/records-reader.ts';
import { runWorker } from '../worker/run-worker.ts';
import type { MailFate } from '../worker/worker-events.ts';
import { textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { triageMailWith } from './triage-mail.ts';

export const demoCommand: Command = {
  usage: '[--once] [--dir DIR]',
  help: `Needs no server and no configuration. Everything it makes lies in one folder, which may be deleted.

Options:
  --once     end after the sample mails
  --dir DIR  the folder; "demo" in a checkout, else in the user's data directory`,
  options: { once: { type: 'boolean' }, dir: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: demo,
};

const mailboxName = 'demo';
const columnsWithoutTerminal = 160;

async function demo(call: Call): Promise<ExitStatus> {
  const signal = call.interruption();
  const say = (text: string) => writeOut(call.stdout, `${text}\n`);
  const place = await layOutDemo(textOption(call, 'dir') ?? demoDir(call.environment));
  await say(`The mailbox: ${shown(place.maildir)}`);
  await say('Preparing the store; the first time that takes some seconds …');
  const packs = await loadPacks(bundledTemplatesDir);
  const store = await openStore({ dataDir: place.store });
  const mailbox = new MaildirMailbox({ name: mailboxName, path: place.maildir });
  const sample = await openDemoRecords(place);
  const records = openRecords(sample.merchants, sample.secrets);
  let served: ServedDesk | null = null;
  try {
    await store.keepPacks(packs);
    await say(`The merchants' records: ${shown(place.csvOrders)} and ${sample.url}/orders`);
    const settings = { authservIds: [], merchants: new Map<string, string | null>(), countEarlierRequests: store.countEarlierRequests, findThread: store.findThread };
    const shared = {
      store,
      mailboxes: [{ mailbox, since: new Date(0) }],
      triage: triageMailWith(packs, { ...settings, records: laterRecords(sample.merchants) }),
      triageWithRecords: triageMailWith(packs, { ...settings, records }),
      redisUrl: null,
      signal,
    };
    const progress = progressOf(call);
    const fates: MailFate[] = [];
    await runWorker({
      ...shared,
      once: true,
      events: {
        onEnqueued: (_, mails) => progress.more(mails),
        onMail: (fate) => {
          fates.push(fate);
          progress.one(fate);
        },
      },
    });
    progress.end();
    const { draftsFolder } = await mailbox.open();
    if (fates.length > 0) await say(triageTable(fates.toSorted((a, b) => a.uid - b.uid).map(rowOf), call.stdout.columns ?? columnsWithoutTerminal));
    else if (!signal.aborted) await say('No mail that has not been worked through before.');
    await say(`The drafts: ${shown(join(place.maildir, `.${draftsFolder}`, 'cur'))}`);
    if (call.values['once'] === true || signal.aborted) return 0;

    const desk = await (await import('../demo/demo-desk.ts')).serveDemoDesk({ store, openMailbox: () => new MaildirMailbox({ name: mailboxName, path: place.maildir }), outgoing: place.outgoing, packs, logger: pino({ level: 'error', base: null }, pino.destination({ dest: 2, sync: true })) });
    served = desk;
    await say(`\nThe desk: open ${desk.link} (it signs you in once, within a day)`);
    await say(`What is sent there goes nowhere: it lies in ${shown(place.outgoing)}`);
    await say(`\nWatching. Copy a mail into ${shown(join(place.maildir, 'new'))} and its draft follows; Ctrl-C ends.`);
    await runWorker({
      ...shared,
      events: {
        onMail: (fate) => {
          call.stdout.write(`${triageLine(rowOf(fate))}\n`);
        },
        onError: (_, error) => {
          call.stderr.write(`${error.message}; trying again\n`);
        },
      },
    });
    await say('Ended.');
    return 0;
  } finally {
    await served?.close();
    await mailbox.close();
    await records.close();
    await sample.close();
    await store.close();
  }
}

/** As a person would type it from here. */
function shown(path: string): string {
  const fromHere = relative('.', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

// Only a checkout has `src` beside it; the package is installed where nobody looks.
function demoDir(environment: Environment): string {
  const top = fileURLToPath(new URL('../..', import.meta.url));
  return existsSync(join(top, 'src')) ? join(top, 'demo') : join(defaultDataDir(environment), 'demo');
}

function rowOf(fate: MailFate): TriageRow {
  const { merchant, language, topic, missing, outcome, draftSubject, quarantine } = fate;
  return { sender: fate.from ?? '–', merchant, language, topic, missing, outcome, draftSubject, quarantine: quarantine?.code ?? null };
}

interface Progress {
  readonly more: (mails: number) => void;
  readonly one: (fate: MailFate) => void;
  readonly end: () => void;
}

/** A bar on a terminal, else a plain line for each mail. */
function progressOf({ stdout }: Call): Progress {
  let total = 0;
  let done = 0;
  if (stdout.isTTY !== true) {
    return {
      more: (mails) => {
        total += mails;
      },
      one: (fate) => {
        done++;
        stdout.write(`${done}/${total} ${fate.subject}\n`);
      },
      end: () => undefined,
    };
  }
  const bar = new SingleBar({ format: '{bar} {value}/{total} {subject}', stream: stdout, hideCursor: true, clearOnComplete: true, stopOnComplete: false });
  return {
    more: (mails) => {
      if (total === 0) bar.start(mails, 0, { subject: '' });
      total += mails;
      bar.setTotal(total);
    },
    one: (fate) => bar.increment(1, { subject: fate.subject }),
    end: () => bar.stop(),
  };
}
