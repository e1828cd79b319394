import type { ClauseReceipt, GroundReceipt, Receipt, RuleReceipt } from './receipt.ts';

const withoutRulesText: Readonly<Record<NonNullable<Receipt['withoutRules']>, string>> = {
  machine: 'no rule was asked: a machine wrote the mail',
  no_request: 'no rule was asked: the mail makes no request that the policy is about, or cannot be read',
  privacy: "no rule was asked: the policy's rules do not speak of privacy",
};

/** A receipt for people, in English: lines of plain text, the policy's and the customer's words as they were written. */
export function receiptText(receipt: Receipt): string {
  const { decision, pack, amount, request, withoutRules } = receipt;
  const sections = [
    section('Decision', [
      headline(receipt),
      ...(withoutRules === null ? [] : [withoutRulesText[withoutRules]]),
      ...(decision.discretionary ? ['the policy leaves it to the merchant'] : []),
      ...(amount === null ? [] : [`amount: ${amount.arithmetic}`]),
      ...askedLines(receipt.requirements),
      ...(decision.agentChecks.length === 0 ? [] : [`to look up before sending: ${decision.agentChecks.join(', ')}`]),
      ...(decision.flags.length === 0 ? [] : [`flags raised: ${decision.flags.join(', ')}`]),
      ...receipt.deadlines.map(({ what, by, arithmetic }) => `${what}${by === null ? '' : ` by ${by}`}: ${arithmetic}`),
    ]),
    section('Policy', receipt.clauses.flatMap(clauseLines)),
    section('Request', [
      `arrived ${receipt.arrivedAt}, in ${request.language}: ${requestText(request)}`,
      ...(request.flags.length === 0 ? [] : [`flags: ${request.flags.join(', ')}`]),
      ...(request.readAs === null ? [] : [`the merchant reads it as ${requestText({ ...request.readAs, product: null })}`]),
    ]),
    section('Facts', receipt.facts.flatMap(({ name, value, source, evidence, insteadOf, usedFor }) => [
      `${name} = ${String(value)}  ← “${oneLine(evidence)}” (${source})${usedFor.length === 0 ? '' : `, for ${usedFor.join(', ')}`}`,
      ...(insteadOf === undefined ? [] : [`  the customer says otherwise: ${String(insteadOf.value)}  ← “${oneLine(insteadOf.evidence)}” (${insteadOf.source})`]),
    ])),
    section('Rules', receipt.rules.flatMap(ruleLines)),
    section('Pack', [`${pack.name}, ${pack.hash}`]),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function headline({ decision: { outcome, rule, clause }, rules }: Receipt): string {
  const words = outcome.replaceAll('_', ' ');
  if (rule !== null) return `${words}, by the rule ${rule}${clause === null ? ', which rests on no clause' : ` (clause ${clause})`}`;
  const open = rules.filter(({ applies }) => applies).map((each) => each.rule);
  return open.length === 0 ? words : `${words}; still open which rule applies: ${open.join(', ')}`;
}

function askedLines(requirements: Receipt['requirements']): string[] {
  const [met, unmet] = [requirements.filter(({ isMet }) => isMet), requirements.filter(({ isMet }) => !isMet)];
  return [
    ...(met.length === 0 ? [] : [`given, of what the policy asks for: ${met.map(({ name }) => name).join(', ')}`]),
    ...(unmet.length === 0 ? [] : [`to ask the customer for: ${unmet.map(({ name, because }) => (because === 'required' ? name : `${name} (the decision hangs on it)`)).join(', ')}`]),
  ];
}

function clauseLines({ rule, clause, language, headings, sentences, notFound }: ClauseReceipt): string[] {
  const where = language === null ? 'the pack has no policy text' : [language, ...headings].join(', ');
  return [
    `clause ${clause} (${where}), for the rule ${rule}:`,
    ...sentences.map((sentence) => `  | ${sentence}`),
    ...(notFound.length === 0 ? [] : [`  not found in the text: ${notFound.join(', ')}`]),
  ];
}

function requestText({ topic, reason, product }: { topic: string; reason: string | null; product: string | null }): string {
  return [`topic ${topic}`, reason === null ? 'no reason given' : `reason ${reason}`, ...(product === null ? [] : [`product ${product}`])].join(', ');
}

function ruleLines({ rule, when, holds, applies, grounds, unknownFacts }: RuleReceipt): string[] {
  const why = holds === 'unknown' ? `not known: ${unknownFacts.join(', ')}` : grounds.map(groundText).join(', ');
  const sign = holds === 'unknown' ? ' ? ' : holds ? 'yes' : 'no ';
  return [
    `${sign}  ${rule}${applies ? (holds === true ? '  ← decides' : '  ← still possible') : ''}`,
    ...(when === null ? [] : [`       when ${when}`]),
    ...(why === '' ? [] : [`       ${holds === 'unknown' ? '' : 'since '}${why}`]),
  ];
}

function groundText({ name, value, arithmetic }: GroundReceipt): string {
  const shown = Array.isArray(value) ? `[${value.join(', ')}]` : value === '' ? 'none' : String(value);
  return arithmetic === null ? `${name} = ${shown}` : `${name} = ${shorter(value)} (${arithmetic})`;
}

function shorter(value: GroundReceipt['value']): string {
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : String(value);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
