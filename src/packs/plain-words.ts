import type { ASTNode } from '@marcbachmann/cel-js';
import type { Condition } from '../decision/condition.ts';
import type { OwnFacts } from '../facts/merchant/own-facts.ts';

/** A condition as a sentence's part: `the reason is changed mind or price drop, and more than 14 days since the payment`. */
export function conditionInWords({ tree }: Condition, own: OwnFacts = {}): string {
  const ownStates = Object.entries(own).map(([name, { about }]) => [name, [about, `it is not so that ${about}`]] as const);
  return wordsOf(tree, true, { ...states, ...Object.fromEntries(ownStates) });
}

/** `changed_mind` as `changed mind`, `paid_at` as `date of payment`. */
export function nameInWords(name: string): string {
  return names[name] ?? name.replaceAll('_', ' ');
}

const names: Readonly<Record<string, string>> = {
  account_email: 'e-mail address of the account', transaction_id: 'transaction number', os: 'operating system', occurred_at: 'date it happened', paid_at: 'date of payment',
  fulfilled_at: 'date of delivery', amount: 'sum paid', amount_claimed: 'sum claimed back', payment_method: 'way of payment', outage_hours: 'hours of outage', telegram_id: 'Telegram ID',
  preferred_resolution: 'choice of refund or replacement', card_last4: 'last four digits of the card', description: 'description of what happened',
  physical: 'a physical good', credits: 'credits', credit_pack: 'a pack of credits', subscription: 'a subscription', balance: 'a prepaid balance', digital_service: 'a digital service',
};

/** What can be so, and the same where it is not. */
type States = Readonly<Record<string, readonly [string, string]>>;

const states: States = {
  account_blocked: ['the account is blocked', 'the account is not blocked'],
  promo_funds: ['it is about bonus or gift funds', 'it is not about bonus or gift funds'],
  partial_bundle: ['it is about a part of a bundle', 'it is not about a part of a bundle'],
  approved: ['the customer approved the work', 'the customer did not approve the work'],
  work_started: ['the work has begun', 'the work has not begun'],
  printed: ['it has been printed', 'it has not been printed'],
};

/** Before and after a number; `percent` are shown as such. */
const counts: Readonly<Record<string, { readonly after: string; readonly percent?: true }>> = {
  days_since_paid: { after: 'days since the payment' },
  days_since_fulfilled: { after: 'days since it was delivered' },
  days_since_occurred: { after: 'days since it happened' },
  outage_hours: { after: 'hours of outage' },
  revision_count: { after: 'revisions' },
  earlier_requests: { after: 'earlier requests for the same reason' },
  used_share: { after: 'of it used', percent: true },
  used_percent: { after: 'per cent used' },
  credits_used: { after: 'credits used' },
  credits_total: { after: 'credits bought' },
  credits_left: { after: 'credits left' },
};

const choices: Readonly<Record<string, string>> = {
  topic: 'the request', reason: 'the reason', product: 'the product', privacy: 'what is said of privacy', language: 'the language', generator: 'the generator',
  payment_method: 'the way of payment', preferred_resolution: 'the customer\'s wish',
};

const absent: Readonly<Record<string, readonly [string, string]>> = {
  reason: ['no reason is given', 'a reason is given'],
  product: ['the product is not known', 'the product is known'],
  privacy: ['it is not about privacy', 'it is about privacy'],
};

function wordsOf(node: ASTNode, positive: boolean, known: States): string {
  if (node.op === '&&' || node.op === '||') {
    // Turned round, "and" becomes "or".
    const isAnd = (node.op === '&&') === positive;
    return partsOf(node, node.op).map((part) => bracketed(part, positive, isAnd, known)).join(isAnd ? ', and ' : ', or ');
  }
  if (node.op === '!_') return wordsOf(node.args, !positive, known);
  if (node.op === '?:') return `if ${wordsOf(node.args[0], true, known)}, then ${wordsOf(node.args[1], positive, known)}, else ${wordsOf(node.args[2], positive, known)}`;
  if (node.op === 'value') return (node.args === true) === positive ? 'always' : 'never';
  if (node.op === 'id') return stateInWords(node.args, positive, known);
  if (node.op === '.') return `the customer ${positive ? 'gave' : 'did not give'} the ${nameInWords(node.args[1])}`;
  if (node.op === 'in') return membershipInWords(node.args[0], node.args[1], positive);
  if (node.op === '==' || node.op === '!=' || node.op === '<' || node.op === '<=' || node.op === '>' || node.op === '>=') return comparisonInWords(node.op, node.args[0], node.args[1], positive, known);
  return node.input.slice(node.start, node.end);
}

function partsOf(node: ASTNode, operator: '&&' | '||'): ASTNode[] {
  return node.op === operator ? node.args.flatMap((part) => partsOf(part, operator)) : [node];
}

function bracketed(node: ASTNode, positive: boolean, withinAnd: boolean, known: States): string {
  const words = wordsOf(node, positive, known);
  const inner = node.op === '!_' ? node.args : node;
  const isOr = inner.op === '||' || inner.op === '&&';
  return withinAnd && isOr ? `(${words})` : words;
}

function stateInWords(name: string, positive: boolean, known: States): string {
  const words = known[name];
  if (words !== undefined) return words[positive ? 0 : 1];
  return `${positive ? '' : 'not '}${nameInWords(name)}`;
}

function membershipInWords(left: ASTNode, right: ASTNode, positive: boolean): string {
  if (right.op !== 'list') return `the mail is ${positive ? '' : 'not '}flagged as ${nameInWords(String(constantOf(left)))}`;
  const name = left.op === 'id' ? left.args : '';
  return choiceInWords(name, right.args.map((item) => String(constantOf(item))), positive);
}

function choiceInWords(name: string, values: readonly string[], positive: boolean): string {
  const [only] = values;
  if (values.length === 1 && only === '' && absent[name] !== undefined) return absent[name][positive ? 0 : 1];
  const subject = choices[name] ?? `the ${nameInWords(name)}`;
  return `${subject} is ${positive ? '' : 'not '}${values.map((value) => (value === '' ? 'unknown' : nameInWords(value))).join(' or ')}`;
}

const turned = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const opposite = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
const sizes = { '==': 'exactly', '!=': 'other than', '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least' } as const;

function comparisonInWords(operator: keyof typeof turned, left: ASTNode, right: ASTNode, positive: boolean, known: States): string {
  if (left.op !== 'id') return comparisonInWords(turned[operator], right, left, positive, known);
  const name = left.args;
  const value = constantOf(right);
  if (typeof value === 'boolean') return stateInWords(name, ((operator === '==') === value) === positive, known);
  if (typeof value === 'string') return choiceInWords(name, [value], (operator === '==') === positive);
  const count = counts[name] ?? { after: nameInWords(name) };
  const number = count.percent === true ? `${String(Number((Number(value) * 100).toFixed(4)))} %` : String(value);
  return `${sizes[positive ? operator : opposite[operator]]} ${number} ${count.after}`;
}

function constantOf(node: ASTNode): unknown {
  if (node.op === '-_') return -Number(constantOf(node.args));
  return typeof node.args === 'bigint' ? Number(node.args) : node.args;
}
