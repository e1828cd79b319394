#!/usr/bin/env node
import * as module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { UsageError, writeOut, type Command, type ExitStatus } from './commands/command.ts';
import { parseCall, unknownOption } from './commands/parse-call.ts';
import { listenForHangUp } from './commands/reload-signal.ts';
import { stopOnSignals } from './commands/stop-signals.ts';
import { version } from './commands/version.ts';
import { TriageError } from './errors.ts';
import { didYouMean } from './nearest-name.ts';

const lingerMs = 2_000;

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
    load: async () => (await import('./commands/read.ts')).readCommand,
  },
  {
    name: 'explain',
    summary: 'Says why a case, or a mail in a file, was decided as it was: clause, rules, facts, sums and dates.',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'replay',
    summary: 'Takes stored decisions again: with the packs that took them, or with a changed one.',
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  {
    name: 'run',
    summary: 'Watches the mailboxes and puts drafts into them, until SIGTERM or Ctrl-C.',
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
  {
    name: 'desk',
    summary: 'Serves the page where people review, mend and send; "run" does so too.',
    load: async () => (await import('./commands/desk.ts')).deskCommand,
  },
  {
    name: 'user',
    summary: 'Who may sit at the desk: makes, lists, changes and removes accounts.',
    load: async () => (await import('./commands/user.ts')).userCommand,
  },
  {
    name: 'status',
    summary: 'Shows how mailboxes, cases and queues stand.',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'migrate',
    summary: 'Brings the tables of the store and the queue up to this release.',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  {
    name: 'check',
    summary: 'Tries configuration, packs and every connection; says what is wrong and what to do.',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  {
    name: 'audit',
    summary: 'Holds mailboxes and Drafts against the store: everything has exactly one fate, or is taken up.',
    load: async () => (await import('./commands/audit.ts')).auditCommand,
  },
  {
    name: 'backup',
    summary: 'Writes the store into one file.',
    load: async () => (await import('./commands/backup.ts')).backupCommand,
  },
  {
    name: 'restore',
    summary: 'Puts a backup into an empty store, of either kind.',
    load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  {
    name: 'pack',
    summary: "Makes, checks and explains packs: a merchant's policy and replies.",
    load: async () => (await import('./commands/pack.ts')).packCommand,
  },
  {
    name: 'conventions',
    summary: 'Prints how customers should write to a merchant, in each language, with ready mails: Markdown or a page to publish.',
    load: async () => (await import('./commands/conventions.ts')).conventionsCommand,
  },
  {
    name: 'demo',
    summary: 'Works through a mailbox of sample mails, shows what it made of them, and goes on watching.',
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
];

keepCompiledCode();
process.exitCode = await main(process.argv.slice(2));
// A connection that still tries to reach a server which is gone must not keep an ended worker alive. Nothing waits for this timer.
process.stdout.write('', () => setTimeout(() => process.exit(), lingerMs).unref());

/**
 * Compiled code is kept from one start to the next, which halves the time a command takes to load; from Node 22.8 on. Among the user's own files, not
 * where Node would keep it: into the machine's folder for temporary files another user could put code.
 */
function keepCompiledCode(): void {
  const named = process.env['XDG_CACHE_HOME'] ?? '';
  const caches = isAbsolute(named) ? named : join(homedir(), '.cache');
  // Where it cannot be kept, Node goes on without. NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE go first.
  if ('enableCompileCache' in module) module.enableCompileCache(join(caches, 'refund-triage', 'compiled'));
}

async function main(args: readonly string[]): Promise<ExitStatus> {
  // A reader that went away (`| head`) is no fault.
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  try {
    return await dispatch(args);
  } catch (error) {
    if (error instanceof UsageError) {
      const called = commands.find(({ name }) => name === args[0]);
      process.stderr.write(`refund-triage: ${error.message}\nTry "refund-triage ${called === undefined ? '' : `${called.name} `}--help".\n`);
      return 2;
    }
    if (error instanceof TriageError) {
      process.stderr.write(`refund-triage: ${error.code}: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

async function dispatch([first, ...rest]: readonly string[]): Promise<ExitStatus> {
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') return await help(rest[0]);
  if (first === '--version' || first === '-V') {
    await writeOut(process.stdout, `${version()}\n`);
    return 0;
  }
  if (first.startsWith('-')) throw new UsageError(unknownOption(first, ['help', 'version']));
  const command = await commandNamed(first).load();
  const { values, positionals } = parseCall(first, command, rest);
  if (values['help'] === true) return await help(first);
  return await command.run({
    values,
    positionals,
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    interruption: stopOnSignals,
    onHangUp: listenForHangUp,
  });
}

function commandNamed(name: string): ListedCommand {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new UsageError(`Unknown command "${name}".${didYouMean(name, commands.map((known) => known.name))}`);
  return command;
}

async function help(about: string | undefined): Promise<ExitStatus> {
  if (about !== undefined) {
    const { name, summary, load } = commandNamed(about);
    const command = await load();
    await writeOut(process.stdout, `Usage: refund-triage ${name} ${command.usage}\n\n${summary}\n\n${command.help}\n`);
    return 0;
  }
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  await writeOut(
    process.stdout,
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
