import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';

/** Run as a process of its own: prints the Maildir's UIDs with the subjects they stand for. */
const mailbox = new MaildirMailbox({ name: 'listed', path: process.argv[2] ?? '' });
await mailbox.open();
const subjects: string[] = [];
for await (const mail of mailbox.fetch(await mailbox.listUidsAfter(0))) subjects.push(`${mail.uid} ${/Subject: .*/.exec(mail.source.toString())?.[0] ?? ''}`);
process.stdout.write(JSON.stringify(subjects));
