import MarkdownIt from 'markdown-it';
import { asksNothing } from '../decision/choose-case.ts';
import type { CompiledRule, RuleCase } from '../decision/compile-policy.ts';
import type { Policy } from '../decision/policy.ts';
import { findClause } from '../decision/policy-text.ts';
import { conditionInWords, nameInWords } from './plain-words.ts';
import type { Pack } from './pack.ts';

/** The merchant's policy as a decision table in plain words, in Markdown. */
export function explainPolicy({ compiled, policyTexts, replies }: Pick<Pack, 'compiled' | 'policyTexts' | 'replies'>): string {
  const { policy, rules } = compiled;
  const rows = rules.flatMap((rule, index) => rowsOf(rule, index, policyTexts, policy.reader.facts));
  return [
    `# How requests to ${escape(policy.display_name)} are decided`,
    `The rules are tried from the top, and the first that holds decides. Where a rule hangs on something that the customer has not said, they are asked, but only for what can still change the decision. `
      + 'Every decision is a draft: a person approves it before it is sent.',
    table(['', 'Rule', 'When', 'Then', 'Asked of the customer', 'Clause'], rows),
    ...section('No rule holds', ['A person decides; the reply promises nothing.']),
    ...section('Read as another request', compiled.readAs.map(({ when, topic, reason }) =>
      `When ${conditionInWords(when, policy.reader.facts)}: as ${[topic === undefined ? null : `the request ${nameInWords(topic)}`, reason === undefined ? null : `the reason ${nameInWords(reason)}`].filter((part) => part !== null).join(', ')}.`)),
    ...section('What only this policy speaks of', Object.entries(policy.reader.facts ?? {}).map(([name, { about, known_by: knownBy }]) => `${name}: ${escape(about)}. ${whoKnows[knownBy ?? 'nobody']}.`)),
    ...section('One does for the other', Object.entries(policy.same_as).map(([name, others]) => `Instead of the ${nameInWords(name)}: the ${(others ?? []).map(nameInWords).join(' or the ')}.`)),
    ...section('Why a rule goes before others that hold at the same time', policy.rules.flatMap(({ name, overrides }) => Object.entries(overrides ?? {}).map(([later, why]) => `${name} before ${later === 'all' ? 'all below it' : later}: ${escape(why)}.`))),
    ...section('Deadlines', policy.deadlines.map(deadlineInWords)),
    ...section('Languages', [`Customers are answered in ${replies.languages.join(', ')}; others in English.`]),
  ].join('\n\n').concat('\n');
}

/** The same as a page of HTML of its own. */
export function explainPolicyAsHtml(pack: Pick<Pack, 'compiled' | 'policyTexts' | 'replies'>): string {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const { display_name: name, rules } = pack.compiled.policy;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${markdown.utils.escapeHtml(name)}: ${rules.length} rules</title>
<style>${style}</style>
</head>
<body>
<main>
${markdown.render(explainPolicy(pack)).replaceAll('<table>', '<div class="table"><table>').replaceAll('</table>', '</table></div>')}</main>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --ink: #1d2329; --paper: #fff; --line: #d5dbe1; --head: #f2f5f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --paper: #15191d; --line: #38414a; --head: #1f262c; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 48rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border: 1px solid var(--line); }
th { background: var(--head); position: sticky; top: 0; }
tbody tr:nth-child(even) { background: color-mix(in srgb, var(--head) 45%, transparent); }
@media print { main { max-width: none; } }
`;

function rowsOf({ name, clause, when, cases }: CompiledRule, index: number, texts: Pack['policyTexts'], own: Policy['reader']['facts']): string[][] {
  const condition = when === null ? 'in every other case' : conditionInWords(when, own);
  return cases.map((each, position) => {
    const number = cases.length === 1 ? String(index + 1) : `${index + 1}${String.fromCodePoint(97 + position)}`;
    const part = `of these: ${each.when === null ? 'the rest' : conditionInWords(each.when, own)}`;
    const first = position === 0;
    return [number, first ? name : '', cases.length === 1 ? condition : `${first ? `${condition}; ` : ''}${part}`, consequenceInWords(each), askedInWords(each), first ? clauseInWords(clause, texts) : ''].map(escape);
  });
}

function consequenceInWords({ outcome, discretionary, amount, keepPercent, flags, checkWithoutAmount }: RuleCase): string {
  const sources = { claimed: 'the sum claimed back', paid: 'the sum paid', unused_part: 'the unused part of the sum paid' } as const;
  const notes = [
    ...(amount.length === 0 ? [] : [amount.map((source) => sources[source]).join(', else ')]),
    ...(keepPercent === 0 ? [] : [`less ${keepPercent} %`]),
    ...(checkWithoutAmount === undefined ? [] : [`where the sum is not known, a person looks up the ${nameInWords(checkWithoutAmount)}`]),
    ...(discretionary ? ['at the merchant\'s discretion'] : []),
    ...(flags.length === 0 ? [] : [`flagged as ${flags.map(nameInWords).join(', ')}`]),
  ];
  return `${outcomesInWords[outcome]}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

const outcomesInWords: Readonly<Record<RuleCase['outcome'], string>> = {
  full_refund: 'full refund', partial_refund: 'partial refund', replacement: 'replacement', refund_or_replacement: 'refund or replacement, as the customer likes',
  credit_compensation: 'credits are made good', revision: 'the work is changed', cancel_subscription: 'the subscription ends with its period', investigate: 'it is looked into',
  answer: 'the question is answered', deny: 'no refund', need_info: 'the customer is asked', human_review: 'a person decides', no_reply: 'no reply',
};

function askedInWords({ requires, outcome }: RuleCase): string {
  return asksNothing.has(outcome) || requires.length === 0 ? 'nothing' : requires.map(nameInWords).join(', ');
}

function clauseInWords(clause: string | null, texts: Pack['policyTexts']): string {
  if (clause === null) return 'none';
  const [text] = texts.values();
  const headings = text === undefined ? [] : findClause(text, clause).passages.flatMap(({ heading }) => (heading === null || heading === clause ? [] : [heading]));
  return [clause, ...new Set(headings)].join(' · ');
}

const whoKnows = { customer: 'The customer is asked where it matters', merchant: 'A person looks it up where it matters', nobody: 'Nobody is asked: it is not so where the mail does not say it' } as const;

function deadlineInWords({ what, business_days: days, from }: Policy['deadlines'][number]): string {
  const starts = { arrival: 'the mail arrives', approval: 'a person approves' } as const;
  return `${what === 'answer' ? 'An answer' : 'The payout'} within ${days} business ${days === 1 ? 'day' : 'days'} after ${starts[from]}.`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

// A name of the merchant's must not become markup.
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/gu, '\\$&').replace(/\s+/gu, ' ');
}
