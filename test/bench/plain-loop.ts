import { simpleParser } from 'mailparser';
import { connect, draftFor, keyword, listUids, log } from './bare-loop.ts';

/** The bare loop that most programs of this kind are: whole mails one by one through mailparser, a draft and a keyword each. */
const client = await connect();
for (const uid of await listUids(client)) {
  const row = await client.fetchOne(String(uid), { source: true }, { uid: true });
  if (row === false || row.source === undefined) throw new Error(`no mail ${String(uid)}`);
  const mail = await simpleParser(row.source);
  await client.append('Drafts', draftFor(uid, mail.subject ?? '', mail.from?.text ?? '', mail.text ?? ''), ['\\Draft', '\\Seen']);
  await client.messageFlagsAdd([uid], [keyword], { uid: true });
  log('triaged', 1);
}
await client.logout();
log('ended');
