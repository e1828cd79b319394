import { refusals } from '../../cases/actions/refusals.ts';
import { promiseFaults } from '../../draft/promise-faults.ts';
import type { DeskWord } from '../words.ts';

/** Why something was not done, and what of what was typed is kept, in English. */
export const refusalWordsEn = {
  ...refusals,
  ...promiseFaults,
  'refused.fact_yes_or_no': '{fact} is yes or no.',
  'refused.mailbox_away': 'The mailbox cannot be reached at the moment. Nothing was changed.',
  'remedy.refund': 'a refund',
  'remedy.replacement': 'a replacement',
  'remedy.credits': 'credits',
  'remedy.revision': 'a revision',
  'remedy.cancellation': 'a cancellation',
  'remedy.extra': 'something beyond the policy (a discount, a gift)',
  'fact.topic': 'What it is about',
  'fact.product': 'Product',
  'fact.described': 'Has described what happened',
  'kept.back': 'What you typed was not saved. It is back in its place on this page.',
  'kept.noPlace': 'What you typed was not saved, and there is no place for it any more. Copy what you need:',
  'kept.discard': 'Discard what I typed',
  'kept.discarded': 'What you had typed is gone.',
  'kept.signIn': 'You were signed out meanwhile. What you typed is not saved, and is kept for you: it comes back when you sign in.',
  'kept.copy': 'You were signed out meanwhile, and what you typed was not saved. Copy what you need before you sign in:',
  'kept.atCase': 'What you typed is kept.',
  'kept.toCase': 'Back to it',
} as const satisfies Readonly<Record<string, DeskWord>>;
