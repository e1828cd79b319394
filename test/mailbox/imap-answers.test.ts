import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { sourceDigest } from '../../src/mailbox/source-digest.ts';
import { startChangingProxy } from '../servers/changing-proxy.ts';
import { startDovecot } from '../servers/dovecot.ts';
import type { Dovecot, DovecotOptions } from '../servers/dovecot.ts';
import { draftMail } from './made-mails.ts';
import { otherImapProgram } from './other-program.ts';
import type { OtherProgram } from './other-program.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function start(options: DovecotOptions = {}): Promise<{ server: Dovecot; other: OtherProgram }> {
  const server = await startDovecot(options);
  ends.push(() => server.stop());
  const other = await otherImapProgram(server);
  ends.push(() => other.end());
  return { server, other };
}

function connect(server: Dovecot, port = server.port): ImapMailbox {
  const mailbox = new ImapMailbox({ name: 'support', host: server.host, port, security: 'none', user: server.user, password: server.password, timing: { retryMinMs: 20, retryMaxMs: 200 } });
  ends.push(() => mailbox.close());
  return mailbox;
}

async function proxyTo(server: Dovecot, change: (chunk: string) => string | null): Promise<number> {
  const proxy = await startChangingProxy(server.port, change);
  ends.push(() => proxy.stop());
  return proxy.port;
}

const draftOf = (name: string): { messageId: string; source: Buffer } => ({ messageId: `<${name}@storybookly.example>`, source: draftMail(`<${name}@storybookly.example>`) });

describe('a draft of ours', () => {
  it('is only marked deleted where the server cannot expunge it alone', async () => {
    const { server, other } = await start({ configuration: 'imap_capability = IMAP4rev1 IDLE LITERAL+ SPECIAL-USE' });
    const mailbox = connect(server);
    const [theirs, ours] = [draftOf('theirs'), draftOf('ours')];
    await other.save('Drafts', theirs.source);
    await other.remove('Drafts', theirs.messageId, 'marked');
    const [placed = { messageId: '', digest: '' }] = await mailbox.appendDrafts([ours]);
    // Without CONDSTORE each look asks again.
    expect(await mailbox.findAnswers({ answering: [], messageIds: [theirs.messageId, ours.messageId], withDigests: true })).toMatchObject([placed]);
    expect(await mailbox.removeDraft(placed)).toBe('removed');
    expect(await mailbox.findAnswers({ answering: [], messageIds: [ours.messageId] })).toEqual([]);
    expect(await other.flags('Drafts', ours.messageId)).toContain('\\Deleted');
    expect(await other.sources('Drafts')).toHaveLength(2);
  });

  it('is known again on a server that writes mails anew', async () => {
    const { server, other } = await start();
    const port = await proxyTo(server, (chunk) => chunk.replaceAll('MIME-Version: 1.0', 'mime-version: 1.0'));
    const mailbox = connect(server, port);
    const drafts = [draftOf('one'), draftOf('two'), draftOf('three')];
    for (const batch of [drafts.slice(0, 1), drafts.slice(1)]) {
      for (const placed of await mailbox.appendDrafts(batch)) {
        expect(batch.map(({ source }) => sourceDigest(source))).not.toContain(placed.digest);
        expect(await mailbox.removeDraft(placed)).toBe('removed');
      }
    }
    expect(await other.sources('Drafts')).toEqual([]);
  });

  it('is removed once, and its neighbours are not, through connections cut at every step', async () => {
    const { server, other } = await start();
    let cutAt = Infinity;
    let commands = 0;
    const port = await proxyTo(server, (chunk) => {
      commands += 1;
      return commands === cutAt ? null : chunk;
    });
    const mailbox = connect(server, port);
    await mailbox.appendDrafts([draftOf('stays')]);
    for (let step = 1; ; step += 1) {
      const draft = draftOf(`cut-${step}`);
      cutAt = Infinity;
      const [placed = { messageId: '', digest: '' }] = await mailbox.appendDrafts([draft]);
      [cutAt, commands] = [step, 0];
      const first = await mailbox.removeDraft(placed).catch((error: unknown) => error);
      if (first === 'removed' && commands < step) break;
      // Cut while the folder is closed, it is removed already.
      if (first !== 'removed') expect(first).toMatchObject({ code: 'mailbox_unreachable', retryable: true });
      cutAt = Infinity;
      expect(['removed', 'gone']).toContain(await mailbox.removeDraft(placed));
      expect((await other.sources('Drafts')).filter((source) => !source.includes('<stays@'))).toEqual([]);
    }
    expect(await other.sources('Drafts')).toEqual([draftOf('stays').source.toString()]);
  });

  it('stays, with a clear error, where Drafts may only be read', async () => {
    const { server, other } = await start({ configuration: 'mail_plugins = acl\nprotocol imap {\n mail_plugins = acl imap_acl\n}\nplugin {\n acl = vfile\n}' });
    const mailbox = connect(server);
    const [placed = { messageId: '', digest: '' }] = await mailbox.appendDrafts([draftOf('kept')]);
    await writeFile(join(server.maildir, '.Drafts', 'dovecot-acl'), 'owner lr\n');
    const later = connect(server);
    expect(await later.findAnswers({ answering: [], messageIds: [placed.messageId], withDigests: true })).toMatchObject([placed]);
    await expect(later.removeDraft(placed)).rejects.toMatchObject({ code: 'mailbox_refused', retryable: true });
    await expect(later.appendDrafts([draftOf('more')])).rejects.toMatchObject({ code: 'mailbox_refused' });
    expect(await other.sources('Drafts')).toHaveLength(1);
  });
});

describe('a copy of what was sent', () => {
  it('waits where the mailbox is full', async () => {
    const { server, other } = await start({
      mailboxes: 'mailbox Drafts {\n auto = create\n special_use = \\Drafts\n }\n mailbox "Gesendete Objekte" {\n auto = create\n special_use = \\Sent\n }',
      configuration: 'mail_plugins = quota\nplugin {\n quota = maildir:User quota\n quota_rule = *:messages=1\n}',
    });
    const mailbox = connect(server);
    expect(await mailbox.open()).toMatchObject({ sentFolder: 'Gesendete Objekte' });
    expect(await mailbox.saveSent(draftOf('one'))).toBe('saved');
    await expect(mailbox.saveSent(draftOf('two'))).rejects.toMatchObject({ code: 'mailbox_quota_exceeded', retryable: true });
    expect(await other.sources('Gesendete Objekte')).toHaveLength(1);
  });
});
