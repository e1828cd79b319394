import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Packs } from '../../src/packs/pack.ts';
import { triage, type TriageResult } from '../../src/triage.ts';
import type { Random } from '../bench/seeded-random.ts';

/** A mail that customers send to the shop while it is disturbed. */
export interface ShopMail {
  /** For people: which mail of the corpus, and what was made of it. */
  readonly name: string;
  readonly source: Buffer;
  readonly messageId: string;
  /** A request that gets a draft, whatever else happens; null where nothing is promised of the mail by itself. */
  readonly isDueDraft: boolean | null;
}

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const maxBytes = 64 * 1024;

/** Of every ten mails about six are requests of their own, three go on with one of them, and one is delivered a second time. The same ones for the same seed. */
export async function makeShopMails(packs: Packs, random: Random, count: number): Promise<ShopMail[]> {
  const names = (await readdir(corpus)).filter((name) => name.endsWith('.eml')).toSorted();
  const mails: ShopMail[] = [];
  const requests: { readonly name: string; readonly result: TriageResult; readonly source: Buffer; answered: string[]; followUps: number }[] = [];
  const used = new Set<string>();
  while (mails.length < count) {
    const kind = random.next();
    const request = requests[random.below(requests.length)];
    if (kind < 0.3 && request !== undefined && request.followUps < 3) {
      request.followUps += 1;
      mails.push(followUp(request, random));
    } else if (kind < 0.4 && mails.length > 0) {
      const again = mails[random.below(mails.length)];
      if (again !== undefined) mails.push({ ...again, name: `${again.name}, delivered again`, isDueDraft: null });
    } else {
      const name = names[random.below(names.length)] ?? '';
      if (used.has(name)) continue;
      used.add(name);
      const source = await readFile(join(corpus, name));
      if (source.length > maxBytes) continue;
      const result = await triage(source, { internalDate: new Date(), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
      const { messageId, machine } = result.message;
      if (messageId === null || mails.some((mail) => mail.messageId === messageId)) continue;
      const isDueDraft = result.draft !== null && machine === null;
      mails.push({ name, source, messageId, isDueDraft });
      if (isDueDraft && result.message.from !== null && result.message.authentication !== 'fail') requests.push({ name, result, source, answered: [messageId], followUps: 0 });
    }
  }
  return mails;
}

/** What customers write when they are asked for more, and when they wait. */
function sayings(random: Random): readonly string[] {
  return [
    `My order number is 77-${String(100_000 + random.below(900_000))}, and I paid by card.`,
    `I forgot to say: I use Firefox 127 on Windows 11. It happened on 16 March 2026 at 14:05.`,
    `The transaction number is TX-${String(10_000_000 + random.below(90_000_000))}. The account is under this address.`,
    'Have you seen my message?',
    'It shows the error "Generation failed" every time, and the credits are gone. I tried Chrome and Firefox.',
  ];
}

function followUp(request: { readonly name: string; readonly result: TriageResult; answered: string[]; followUps: number }, random: Random): ShopMail {
  const { message, draftMessageId } = request.result;
  const number = request.followUps;
  const messageId = `<follow-up-${String(number)}-${String(random.below(1_000_000_000))}@customer.example>`;
  const saying = sayings(random);
  const references = random.next() < 0.5 ? request.answered : [...request.answered, draftMessageId];
  request.answered = [...references, messageId];
  const address = message.from?.address ?? '';
  const source = Buffer.from([
    `Message-ID: ${messageId}`, `From: ${address}`, `To: ${message.recipients[0] ?? 'support@shop.example'}`, `Subject: Re: my request`,
    // Hours apart, so that no customer writes a storm.
    `Date: ${new Date(message.receivedAtMs + number * 5 * 3_600_000).toUTCString().replace('GMT', '+0000')}`,
    `In-Reply-To: ${references.at(-1) ?? ''}`, `References: ${references.join(' ')}`, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', saying[random.below(saying.length)] ?? '', '',
  ].join('\r\n'));
  return { name: `${request.name}, follow-up ${String(number)}`, source, messageId, isDueDraft: null };
}
