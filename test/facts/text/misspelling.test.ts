import { describe, expect, it } from 'vitest';
import { isMisspelling } from '../../../src/facts/text/misspelling.ts';

describe('a slip of the pen', () => {
  it.each([
    ['a letter left out', 'subscrption', 'subscription'],
    ['a letter too many', 'subscripttion', 'subscription'],
    ['a wrong letter', 'subscruption', 'subscription'],
    ['two letters swapped', 'subscirption', 'subscription'],
    ['a slip before an ending', 'subscruptions', 'subscription'],
    ['the last letter left out', 'subscriptio', 'subscription'],
    ['the last letter wrong', 'subscriptiom', 'subscription'],
    ['a Cyrillic word', 'подпсика', 'подписка'],
  ])('is seen through: %s', (_, written, stem) => {
    expect(isMisspelling(written, stem)).toBe(true);
  });

  it.each([
    ['the first letter is wrong', 'aubscription', 'subscription'],
    ['there are two slips', 'subscrptin', 'subscription'],
    ['the stem is short', 'cancle', 'cancel'],
    ['it is another word', 'substitution', 'subscription'],
    ['a longer word only begins like it', 'недоступен', 'недоста'],
    ['it is much shorter', 'subscr', 'subscription'],
  ])('is not seen where %s', (_, written, stem) => {
    expect(isMisspelling(written, stem)).toBe(false);
  });
});
