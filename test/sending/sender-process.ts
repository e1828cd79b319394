import { openStore } from '../../src/cases/store.ts';
import { bundledTemplatesDir } from '../../src/config.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { Secret } from '../../src/secret.ts';
import { runSender } from '../../src/sending/run-sender.ts';
import { smtpServer } from '../../src/sending/smtp-server.ts';

/** A sender in a process of its own, for the tests to kill. */
const [databaseUrl = '', imapPort = '', imapUser = '', imapPassword = '', smtpPort = '', smtpUser = '', smtpPassword = ''] = process.argv.slice(2);
const [store, packs] = await Promise.all([openStore({ databaseUrl, maxConnections: 3 }), loadPacks(bundledTemplatesDir)]);
const mailbox = new ImapMailbox({ name: 'support', host: '127.0.0.1', port: Number(imapPort), security: 'none', user: imapUser, password: imapPassword });
await mailbox.open();
const server = smtpServer({ host: '127.0.0.1', port: Number(smtpPort), security: 'none', user: smtpUser, password: new Secret(smtpPassword), ca: null, saveSent: 'auto' });
process.stdout.write('ready\n');
await runSender({ database: store.database, packs: () => packs, mailboxes: new Map([['support', mailbox]]), smtpOf: () => ({ server, savesSent: true }), pollIntervalMs: 20, signal: new AbortController().signal });
