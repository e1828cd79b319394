import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { triage } from '../../src/triage.ts';

// Goods that no phrase was written for, of a merchant that no reader has heard of.
const packs = await loadPacks(join(fileURLToPath(new URL('sixth-merchant', import.meta.url)), 'templates'));

it.each([
  ['damaged_in_transit', 'My kettle arrived with a big dent in it. I want a new one.'],
  ['damaged_in_transit', 'The glass carafe was smashed to pieces when I opened the parcel. Refund please.'],
  ['defective_item', 'The blender does not turn on. I would like my money back.'],
  ['defective_item', 'The zip on the bag broke after two days. Please refund me.'],
  ['defective_item', 'The lamp stopped working after a week. I want a refund.'],
  ['defective_item', 'The kettle leaks from the bottom. I want my money back please.'],
  ['wrong_item', 'I ordered the blue mug and you sent me a red one. I want the money back.'],
  ['not_received', 'My order never arrived. Tracking says delivered, but nothing is here. Refund please.'],
  ['late_delivery', 'The parcel came two weeks late, after the birthday. I want a refund.'],
  ['changed_mind', 'I ordered the wrong size by mistake, can I send it back?'],
  ['damaged_in_transit', 'La bouilloire est arrivée cassée. Je veux être remboursé.'],
  ['defective_item', 'Le moulin ne s’allume pas. Je veux un remboursement.'],
  ['wrong_item', 'Vous m’avez envoyé le mauvais article. Je souhaite être remboursé.'],
  ['not_received', 'Je n’ai jamais reçu mon colis. Je veux être remboursé.'],
  ['late_delivery', 'Le colis est arrivé avec deux semaines de retard. Je veux être remboursé.'],
  ['defective_item', 'Die Mühle ist defekt und geht nicht an. Ich möchte mein Geld zurück.'],
  ['damaged_in_transit', 'Die Kanne kam zerbrochen an. Ich möchte mein Geld zurück.'],
  ['damaged_in_transit', 'La tetera llegó rota. Quiero que me devuelvan el dinero.'],
  ['damaged_in_transit', 'Il bollitore è arrivato rotto. Voglio il rimborso.'],
  ['damaged_in_transit', 'A chaleira chegou quebrada. Quero o meu dinheiro de volta.'],
  ['damaged_in_transit', 'Czajnik przyszedł uszkodzony. Proszę o zwrot pieniędzy.'],
])('reads %s: %s', async (reason, text) => {
  const source = Buffer.from(`From: Ana Reis <ana.reis@mail.example>\r\nTo: care@brass-kettle.example\r\nSubject: BK-40111\r\nDate: Fri, 20 Mar 2026 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`);
  const { facts } = await triage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
  expect([facts.topic, facts.reason]).toEqual(['refund', reason]);
});
