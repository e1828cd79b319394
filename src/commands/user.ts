import { ReadStream } from 'node:tty';
import type { Database } from '../database/database.ts';
import { addAccount, type Account, type AccountFault, findAccount, listAccounts, makeSignInLink, removeAccount, setPassword, setRole } from '../desk/accounts.ts';
import { noteDeed } from '../desk/audit.ts';
import { AccountError } from '../desk/desk-errors.ts';
import { faultOfPassword, hashPassword, maxPasswordLength, minPasswordLength, type PasswordFault } from '../desk/passwords.ts';
import { isRole, type Role, roles } from '../desk/roles.ts';
import { endSessions } from '../desk/sessions.ts';
import { signInLinkLifeMs, signInLinkUrl } from '../desk/sign-in-link.ts';
import { loadConfig } from '../config.ts';
import { didYouMean } from '../nearest-name.ts';
import { textOption, UsageError, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { openStoreOf, storeOptions } from './open-store.ts';

export const userCommand: Command = {
  usage: 'add NAME [--role ROLE] [--email ADDRESS] [--link] | list | role NAME ROLE | password NAME | link NAME | remove NAME',
  help: `Who may sit at the desk: reader sees everything, drafter also edits, sender also sends, admin also looks
after people. "add" and "password" read a password from standard input; with --link "add" prints a link
that signs in once instead, as "link" does.

Options:
  --role ROLE      reader, drafter, sender or admin; reader where it is not given
  --email ADDRESS  can be used to sign in, too
  --link           print a sign-in link instead of asking for a password
${storeOptions.help}`,
  options: { ...storeOptions.options, role: { type: 'string' }, email: { type: 'string' }, link: { type: 'boolean' } },
  positionals: { min: 1, max: 3, what: 'add, list, role, password, link or remove' },
  run: user,
};

const deeds = ['add', 'list', 'role', 'password', 'link', 'remove'] as const;

async function user(call: Call): Promise<ExitStatus> {
  const [deedName = '', name = '', more] = call.positionals;
  const deed = deeds.find((known) => known === deedName);
  if (deed === undefined) throw new UsageError(`user does not know "${deedName}".${didYouMean(deedName, deeds)}`);
  if (deed !== 'list' && name === '') throw new UsageError(`user ${deed} needs a name.`);
  if (more !== undefined && deed !== 'role') throw new UsageError(`user ${deed} does not take "${more}".`);
  const role = roleIn(deed === 'role' ? (more ?? '') : (textOption(call, 'role') ?? 'reader'));
  // Asked before the store is opened: a worker must not wait for somebody who types.
  const password = deed === 'password' || (deed === 'add' && call.values['link'] !== true) ? await askPassword(call, name) : null;
  const { store } = await openStoreOf(call);
  const { database } = store;
  try {
    switch (deed) {
      case 'list': {
        const accounts = await listAccounts(database);
        await writeOut(call.stdout, accounts.length === 0 ? 'Nobody yet.\n' : accounts.map((account) => `${line(account)}\n`).join(''));
        break;
      }
      case 'add': {
        const added = await addAccount(database, { name, email: textOption(call, 'email'), role, passwordHash: password === null ? null : await hashPassword(password) });
        if (typeof added === 'string') throw new AccountError(faultWords[added]);
        await noteDeed(database, null, 'account.added', null, { user: added, role, by: 'command line' });
        await writeOut(call.stdout, `${name} can sign in as ${role}.\n`);
        if (password === null) await printLink(call, database, added);
        break;
      }
      case 'role': {
        const account = await accountOf(database, name);
        refuse(await setRole(database, account.id, role));
        await noteDeed(database, null, 'account.role_changed', null, { user: account.id, from: account.role, to: role, by: 'command line' });
        await writeOut(call.stdout, `${account.name} is now ${role}.\n`);
        break;
      }
      case 'password': {
        const account = await accountOf(database, name);
        await setPassword(database, account.id, await hashPassword(password ?? ''));
        await endSessions(database, account.id, null);
        await noteDeed(database, null, 'account.password_changed', null, { user: account.id, by: 'command line' });
        await writeOut(call.stdout, `${account.name} has the new password, and is signed out everywhere.\n`);
        break;
      }
      case 'link': {
        const account = await accountOf(database, name);
        await noteDeed(database, null, 'account.link_made', null, { user: account.id, by: 'command line' });
        await printLink(call, database, account.id);
        break;
      }
      case 'remove': {
        const account = await accountOf(database, name);
        refuse(await removeAccount(database, account.id));
        await noteDeed(database, null, 'account.removed', null, { user: account.id, by: 'command line' });
        await writeOut(call.stdout, `${account.name} was removed and signed out everywhere.\n`);
        break;
      }
      default: deed satisfies never;
    }
    return 0;
  } finally {
    await store.close();
  }
}

const faultWords: Readonly<Record<AccountFault, string>> = {
  name_taken: 'There is somebody of that name or address already.', name_bad: 'A name has 1 to 64 characters, and no @.', email_bad: 'That is no e-mail address.',
  last_admin: 'Somebody has to stay admin.', gone: 'There is no such person.',
};

const passwordFaultWords: Readonly<Record<PasswordFault, string>> = {
  short: `A password needs at least ${String(minPasswordLength)} characters.`, long: `A password has at most ${String(maxPasswordLength)} characters.`,
  common: 'That password is among the first ones that are tried, or contains the name. Choose another one.',
};

function roleIn(text: string): Role {
  if (!isRole(text)) throw new UsageError(`The roles are ${roles.join(', ')}, not "${text}".${didYouMean(text, roles)}`);
  return text;
}

function refuse(fault: AccountFault | null): void {
  if (fault !== null) throw new AccountError(faultWords[fault]);
}

async function accountOf(database: Database, name: string): Promise<Account> {
  const account = await findAccount(database, name);
  if (account === null) throw new AccountError(`There is nobody named "${name}".${didYouMean(name, (await listAccounts(database)).map((known) => known.name))}`);
  return account;
}

function line({ name, role, email, signedInAt, fromOidc, hasPassword }: Account): string {
  const how = fromOidc ? 'organisation' : hasPassword ? 'password' : 'no password';
  return [name.padEnd(20), role.padEnd(8), how.padEnd(12), (signedInAt?.toISOString().slice(0, 16).replace('T', ' ') ?? 'never signed in').padEnd(16), email ?? ''].join('  ').trimEnd();
}

async function printLink(call: Call, database: Database, userId: number): Promise<void> {
  const token = await makeSignInLink(database, userId, new Date(Date.now() + signInLinkLifeMs));
  await writeOut(call.stdout, `This link signs in once, within a day:\n${signInLinkUrl(await deskUrl(call), token)}\n`);
}

async function deskUrl(call: Call): Promise<string> {
  if (textOption(call, 'data-dir') !== null) return 'http://127.0.0.1:8025';
  const { desk } = await loadConfig(textOption(call, 'config'), call.environment);
  return desk?.settings.publicUrl ?? `http://${desk?.host ?? '127.0.0.1'}:${String(desk?.port ?? 8_025)}`;
}

/** One line of standard input; on a terminal nothing of it is shown. Throws `AccountError` where it is too weak. */
async function askPassword(call: Call, name: string): Promise<string> {
  const { stdin } = call;
  const terminal = stdin instanceof ReadStream && stdin.isTTY ? stdin : null;
  if (terminal !== null) {
    call.stderr.write(`Password for ${name}: `);
    terminal.setRawMode(true);
  }
  let typed = '';
  try {
    stdin.setEncoding('utf8');
    reading: for await (const chunk of stdin) {
      for (const character of String(chunk)) {
        // Ctrl-C and Ctrl-D come as characters while nothing is shown.
        if (terminal !== null && character === '\u0003') throw new AccountError('Nothing was changed.');
        if (character === '\n' || character === '\r' || (terminal !== null && character === '\u0004')) break reading;
        if (terminal !== null && (character === '\u007f' || character === '\b')) typed = typed.replace(/.$/u, '');
        else typed += character;
      }
    }
  } finally {
    if (terminal !== null) {
      terminal.setRawMode(false);
      call.stderr.write('\n');
    }
  }
  const fault = faultOfPassword(typed, name);
  if (fault !== null) throw new AccountError(passwordFaultWords[fault]);
  return typed;
}
