import { appendFileSync } from 'node:fs';
import { type Behaviour, startSmtpServer } from '../servers/smtp.ts';

// An SMTP server in a process of its own, for the fault runs to kill and to hang. What it takes is on disk before it answers for it.
const [port, file] = [Number(process.argv[2]), process.argv[3] ?? ''];
const tell = (what: SmtpNews): void => { process.send?.(what); };
const server = await startSmtpServer(
  { onConnect: (_session, done) => { tell('connected'); done(); } },
  { port, onTaken: (mail) => { appendFileSync(file, `${JSON.stringify(mail)}\n`); tell('taken'); }, onHanging: () => { tell('hanging'); } },
);
process.on('message', (order: SmtpOrder) => {
  if (order === 'release') server.release();
  else server.behave(...order);
});
process.on('disconnect', () => process.exit());
tell('ready');

/** What the server says of itself: `hanging` it has a mail's text and says nothing. */
export type SmtpNews = 'ready' | 'connected' | 'hanging' | 'taken';
/** How it is to treat the next mails, or to let go of those that hang. */
export type SmtpOrder = readonly Behaviour[] | 'release';
