import { TriageError } from '../errors.ts';
import { didYouMean } from '../nearest-name.ts';
import { UsageError, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { parseCall, unknownOption } from './parse-call.ts';
import { version } from './version.ts';

/** The commands, and which of them a call means: its arguments are one command's, or ask for help. */

interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  /** Loaded when called: reading one mail shall not wait for databases and mail servers' libraries. */
  readonly load: () => Promise<Command>;
}

const commands: readonly ListedCommand[] = [
  {
    name: 'read',
    summary: 'Reads mails from files and prints what it made of each, as JSON.',
    load: async () => (await import('./read.ts')).readCommand,
  },
  {
    name: 'explain',
    summary: 'Says why a case, or a mail in a file, was decided as it was: clause, rules, facts, sums and dates.',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'replay',
    summary: 'Takes stored decisions again: with the packs that took them, or with a changed one.',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  {
    name: 'run',
    summary: 'Watches the mailboxes and puts drafts into them, until SIGTERM or Ctrl-C.',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'desk',
    summary: 'Serves the page where people review, mend and send; "run" does so too.',
    load: async () => (await import('./desk.ts')).deskCommand,
  },
  {
    name: 'user',
    summary: 'Who may sit at the desk: makes, lists, changes and removes accounts.',
    load: async () => (await import('./user.ts')).userCommand,
  },
  {
    name: 'status',
    summary: 'Shows how mailboxes, cases and queues stand.',
    load: async () => (await import('./status.ts')).statusCommand,
  },
  {
    name: 'migrate',
    summary: 'Brings the tables of the store and the queue up to this release.',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  {
    name: 'check',
    summary: 'Tries configuration, packs and every connection; says what is wrong and what to do.',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  {
    name: 'audit',
    summary: 'Holds mailboxes and Drafts against the store: everything has exactly one fate, or is taken up.',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  {
    name: 'backup',
    summary: 'Writes the store into one file.',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  {
    name: 'restore',
    summary: 'Puts a backup into an empty store, of either kind.',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  {
    name: 'pack',
    summary: "Makes, checks and explains packs: a merchant's policy and replies.",
    load: async () => (await import('./pack.ts')).packCommand,
  },
  {
    name: 'conventions',
    summary: 'Prints how customers should write to a merchant, in each language, with ready mails: Markdown or a page to publish.',
    load: async () => (await import('./conventions.ts')).conventionsCommand,
  },
  {
    name: 'demo',
    summary: 'Works through a mailbox of sample mails, shows what it made of them, and goes on watching.',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
];

/** All of a call but what its arguments say. */
export type Surroundings = Omit<Call, 'values' | 'positionals'>;

/**
 * Does what the arguments say. Resolves to the exit status; what a user can mend is said on standard error.
 * @throws what is no fault of theirs
 */
export async function dispatch(args: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  try {
    return await callCommand(args, surroundings);
  } catch (error) {
    if (error instanceof UsageError) {
      const called = commands.find(({ name }) => name === args[0]);
      surroundings.stderr.write(`refund-triage: ${error.message}\nTry "refund-triage ${called === undefined ? '' : `${called.name} `}--help".\n`);
      return 2;
    }
    if (error instanceof TriageError) {
      surroundings.stderr.write(`refund-triage: ${error.code}: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

async function callCommand([first, ...rest]: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  const { stdout } = surroundings;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') return await help(rest[0], stdout);
  if (first === '--version' || first === '-V') {
    await writeOut(stdout, `${version()}\n`);
    return 0;
  }
  if (first.startsWith('-')) throw new UsageError(unknownOption(first, ['help', 'version']));
  const command = await commandNamed(first).load();
  const { values, positionals } = parseCall(first, command, rest);
  if (values['help'] === true) return await help(first, stdout);
  return await command.run({ values, positionals, ...surroundings });
}

function commandNamed(name: string): ListedCommand {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new UsageError(`Unknown command "${name}".${didYouMean(name, commands.map((known) => known.name))}`);
  return command;
}

async function help(about: string | undefined, stdout: Call['stdout']): Promise<ExitStatus> {
  if (about !== undefined) {
    const { name, summary, load } = commandNamed(about);
    const command = await load();
    await writeOut(stdout, `Usage: refund-triage ${name} ${command.usage}\n\n${summary}\n\n${command.help}\n`);
    return 0;
  }
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  await writeOut(
    stdout,
    `Usage: refund-triage COMMAND [OPTIONS]

Reads refund mail in any language, applies the merchant's policy and puts a reply into Drafts. A person sends it.

Commands:
${list}

Options:
  -h, --help     this text; after a command, that command's
  -V, --version  the version
`,
  );
  return 0;
}
