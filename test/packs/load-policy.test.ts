import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/packs/load-policy.ts';

const winno = readFileSync(fileURLToPath(new URL('../../templates/winno/policy.yaml', import.meta.url)), 'utf8');

/** The policy of winno with one thing changed, and the line it stands in. */
function changed(from: string | RegExp, to: string): { source: string; line: number } {
  const source = winno.replace(from, to);
  if (source === winno) throw new Error('nothing was changed');
  const lines = winno.split('\n');
  return { source, line: source.split('\n').findIndex((line, index) => line !== lines[index]) + 1 };
}

describe('a policy.yaml', () => {
  it('of a merchant has no problem', () => {
    expect(loadPolicy(winno, 'policy.yaml').problems).toEqual([]);
  });

  it.each([
    ['a rule that names an unknown fact', 'days_since_fulfilled > 3', 'days_since_fulfiled > 3', 'rules[9].when', 'unknown name "days_since_fulfiled". Did you mean "days_since_fulfilled"?'],
    ['a rule that hangs on a reason there is none of', '["changed_mind", "minor', '["change_mind", "minor', 'rules[6].when', '"reason" is never "change_mind". Did you mean "changed_mind"?'],
    ['an unknown key', 'time_zone: UTC', 'time_zone: UTC\ntimezone: UTC', 'timezone', 'unknown key. Did you mean "time_zone"?'],
    ['an unknown key of a rule', '    discretionary: true', '    discretion: true', 'rules[2].discretion', 'unknown key. Did you mean "discretionary"?'],
    ['an unknown key of a case', '        requires: [order_number, fulfilled_at]', '        require: [order_number, fulfilled_at]', 'rules[10].cases[0].require', 'unknown key. Did you mean "requires"?'],
    ['an unknown key of the reader', '  default_product:', '  default_produkt:', 'reader.default_produkt', 'unknown key. Did you mean "default_product"?'],
    ['a requirement that is no fact', 'requires: [order_number, fulfilled_at]', 'requires: [order_numbr, fulfilled_at]', 'rules[10].cases[0].requires[0]', 'unknown name "order_numbr". Did you mean "order_number"?'],
    ['an outcome there is none of', 'outcome: human_review', 'outcome: human_reviews', 'rules[11].outcome', 'unknown name "human_reviews". Did you mean "human_review"?'],
    ['a reason of the reader there is none of', '    - wrong_address', '    - wrong_adress', 'reader.reasons[10]', 'unknown name "wrong_adress". Did you mean "wrong_address"?'],
    ['a rule without an outcome', '    outcome: human_review\n', '', 'rules[11]', 'has no outcome'],
    ['a rule without a clause', '    clause: "6"\n', '', 'rules[11].clause', 'is required'],
    ['two rules of one name', '- name: quality\n', '- name: quality-late\n', 'rules[10].name', 'a second rule of the name "quality-late"'],
    ['a last case that may not hold', '      - requires: [order_number, reason, fulfilled_at]', '      - when: topic == "refund"', 'rules[10].cases[1].when', 'the last case must hold whenever the rule does: it has no condition'],
    ['a case that hides the next', '      - when: topic == "revision"\n        requires', '      - requires', 'rules[10].cases[0]', 'only the last case may be without a condition: those below would never be reached'],
    ['a time zone there is none of', 'time_zone: UTC', 'time_zone: Europe/Mosskow', 'time_zone', 'must be an IANA time zone such as Europe/Minsk'],
    ['an address that is none', 'addresses: [hello@winno.example]', 'addresses: [hello.winno.example]', 'addresses[0]', 'must be a mail address'],
    ['a pattern that is none', "'W-?\\d{4}'", "'W-?(\\d{4}'", 'reader.order_numbers[0]', 'is no regular expression'],
    ['a share mixed with what it follows from', 'revision_count >= 2', 'used_share > 0.5 && credits_used > 2', 'rules[8]', '"credits_used" beside "used_share", which follows from it: use used_share alone'],
    ['a fact that does for what nothing is', 'rules:\n', 'same_as: { order_nummer: [transaction_id] }\nrules:\n', 'same_as.order_nummer', 'unknown key. Did you mean "order_number"?'],
    ['wrong indentation', '  - name: other', ' - name: other', '', 'wrong indentation'],
    ['the same key twice', 'time_zone: UTC', 'time_zone: UTC\nname: other', '', 'this key stands here twice'],
  ])('with %s is refused, with its line', (_fault, from, to, key, message) => {
    const { source, line } = changed(from, to);
    const { compiled, problems } = loadPolicy(source, 'winno/policy.yaml');
    expect(compiled).toBeNull();
    expect(problems).toContainEqual({ file: 'winno/policy.yaml', line: expect.any(Number), column: expect.any(Number), key, message });
    const problem = problems.find((each) => each.message === message);
    // A key that is lacking is looked for where its rule begins.
    expect(Math.abs((problem?.line ?? 0) - line)).toBeLessThanOrEqual(message === 'is required' || message === 'has no outcome' || message === 'wrong indentation' ? 3 : 1);
  });

  it('has all its problems told at once, from the top', () => {
    const source = winno.replace('time_zone: UTC', 'timezone: UTC').replace('outcome: deny', 'outcome: denied').replace('days_since_fulfilled > 3', 'days > 3');
    const shape = loadPolicy(source, 'f').problems.map(({ key }) => key);
    expect(shape).toEqual(['time_zone', 'timezone', 'rules[0].outcome']);
    const twoRules = winno.replace('days_since_fulfilled > 3', 'days > 3').replace('&& printed', '&& print');
    expect(loadPolicy(twoRules, 'f').problems.map(({ line, key }) => [line, key])).toEqual([[lineOf(twoRules, '&& print'), 'rules[0].when'], [lineOf(twoRules, 'days > 3'), 'rules[9].when']]);
  });

  it.each(['', '[]', 'just words', '\0', '!!js/function "x"', 'a: &a [*a]'])('that is something else (%j) is refused', (source) => {
    const { compiled, problems } = loadPolicy(source, 'f');
    expect(compiled).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });
});

function lineOf(source: string, text: string): number {
  return source.slice(0, source.indexOf(text)).split('\n').length;
}
