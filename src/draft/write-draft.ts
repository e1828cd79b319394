import type { Decision } from '../decision/decision.ts';
import { maskCardNumbers } from '../facts/text/card-numbers.ts';
import type { FactName, Facts, Flag, Reason, Requirement } from '../facts/facts.ts';
import type { Address, Message } from '../message/message.ts';
import type { Draft } from './draft.ts';
import { formLines, mailtoLink, type ReadyMail } from './form.ts';
import { greetingName } from './greeting-name.ts';
import { TrustedMarkdown, escapeMarkdown, renderMarkdown } from './markdown.ts';
import { say, sayPlainly, type AskName, type Phrases, type ScreenName, type UnderstoodName } from './phrases.ts';
import type { LanguageReplies, Replies, RuleOfReply } from './replies.ts';
import { replySubject } from './reply-subject.ts';
import { TemplateError } from './template-error.ts';
import type { Template } from './template.ts';
import type { TemplateVariable } from './template-variables.ts';

/** The merchant as its replies need it: a part of its policy. */
export interface ReplyingMerchant {
  readonly display_name: string;
  /** Addresses at which it is written to: never answered. */
  readonly addresses: readonly string[];
  readonly from: { readonly name: string; readonly address: string };
  readonly languages: readonly string[];
  readonly rules: readonly RuleOfReply[];
}

export interface DraftOptions {
  /** From `caseTag`. */
  readonly caseTag: string;
  /** What is missing was asked for before, and nothing came. There is no such reply where nothing is missing. */
  readonly isReminder?: boolean;
}

/**
 * The reply a person will approve, or null where nobody is to be answered: machine mail, a mail that asks for nothing, one that is
 * encrypted, one without an address to answer. Pure: the same input gives the same draft.
 * @throws {TemplateError} where the pack has no such reply, which `missingReplies` tells when the pack is loaded
 */
export function writeDraft(message: Message, facts: Facts, decision: Decision, replies: Replies, merchant: ReplyingMerchant, options: DraftOptions): Draft | null {
  if (message.machine !== null || message.encrypted || facts.topic === 'machine' || facts.topic === 'other' || facts.withdrawn === true || decision.outcome === 'no_reply') return null;
  const to = answerAddress(message, merchant);
  if (to === null) return null;

  const language = repliesFor(facts.language, replies, merchant);
  const rule = merchant.rules.find(({ name }) => name === decision.rule) ?? null;
  const asked = asksOf(message, facts, decision, rule);
  if (options.isReminder === true && asked.length === 0) return null;
  const name = options.isReminder === true ? 'reminder' : replyName(asked, decision, rule);
  const template = language.templates.get(name);
  if (template === undefined) throw new TemplateError('this reply is missing', `${language.language}/${name}.md`, null);

  const { phrases } = language;
  const subject = replySubject(message.subject, options.caseTag, sayPlainly(phrases, 'subject_empty', {}));
  const values = plainValues(phrases, facts, decision, merchant, asked);
  const body = template.render({ ...values, ...composedValues(phrases, facts, asked, values, { to: merchant.from.address, subject }) });
  const blocks = [greetingOf(phrases, message, to, values), body, ...notes(phrases, facts, asked, values), say(phrases, 'signature', values)];
  const { text, html } = renderMarkdown(blocks.filter((block) => block !== '').join('\n\n'));
  const direction = language.language === 'ar' ? ' dir="rtl"' : '';
  return Object.freeze({
    to: to.address,
    subject,
    language: language.language,
    template: name,
    text,
    html: `<div lang="${language.language}"${direction}>\n${html}\n</div>`,
  });
}

/** A request is answered where it came from, never to ourselves or to a mailbox that nobody reads. */
function answerAddress(message: Message, merchant: ReplyingMerchant): Address | null {
  const to = message.replyTo ?? message.from;
  if (to === null || !/^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(to.address)) return null;
  const address = to.address.toLowerCase();
  if (address === merchant.from.address.toLowerCase() || merchant.addresses.some((own) => own.toLowerCase() === address)) return null;
  return /^(?:no-?reply|do-?not-?reply|mailer-daemon)@/u.test(address) ? null : to;
}

function repliesFor(language: string, replies: Replies, merchant: ReplyingMerchant): LanguageReplies {
  return (merchant.languages.includes(language) ? replies.byLanguage.get(language) : undefined) ?? replies.english;
}

type Asked = Requirement | Exclude<AskName, FactName>;

/** What can no longer turn the decision is not asked for. */
const asksNothing: ReadonlySet<Decision['outcome']> = new Set(['deny', 'cancel_subscription', 'answer', 'no_reply']);

function asksOf(message: Message, facts: Facts, decision: Decision, rule: RuleOfReply | null): readonly Asked[] {
  if (asksNothing.has(decision.outcome) || decision.missing.length === 0) return [];
  const day = facts.values.occurred_at?.value;
  const wantsTime = rule?.requires.includes('occurred_at') === true && day !== undefined && !day.includes('T');
  const screenshot = rule?.requires.includes('screenshot') === true && !decision.missing.includes('screenshot') ? betterScreenshot(message) : null;
  return [...decision.missing, ...(wantsTime ? ['time_of_day' as const] : []), ...(screenshot === null ? [] : [screenshot])];
}

/** Something else is asked for anyway: then also for what no picture that was sent shows. A recording is not looked into, and may show it. */
function betterScreenshot({ attachments }: Message): Asked | null {
  const pictures = attachments.filter(({ kind }) => kind === 'screenshot');
  if (pictures.length === 0 || attachments.some(({ kind }) => kind === 'recording')) return null;
  const noAddressBar = pictures.every(({ flags }) => flags.includes('no_address_bar'));
  const noError = pictures.every(({ flags }) => flags.includes('no_error'));
  if (noAddressBar && noError) return 'screenshot_with_both';
  return noAddressBar ? 'screenshot_with_address_bar' : noError ? 'screenshot_with_error' : null;
}

function replyName(asked: readonly string[], decision: Decision, rule: RuleOfReply | null): string {
  if (asked.length > 0 || decision.outcome === 'need_info') return 'request-info';
  if (rule !== null) return rule.reply ?? rule.name;
  // Several rules lead to this outcome: their clauses differ, so none is named, and only a denial can be told.
  return decision.outcome === 'deny' ? 'deny' : 'human-review';
}

function understoodName(facts: Facts): UnderstoodName {
  const { topic, reason } = facts;
  if (topic === 'cancellation' || topic === 'revision' || topic === 'privacy') return topic;
  return (reason satisfies Reason | null) ?? (topic === 'technical_problem' ? 'technical_problem' : 'refund');
}

type Values = Record<Exclude<TemplateVariable, 'understood' | 'reference' | 'asks' | 'after_info' | 'next_step' | 'texts'>, unknown>;

function plainValues(phrases: Phrases, facts: Facts, decision: Decision, merchant: ReplyingMerchant, asked: readonly string[]): Values {
  const value = (name: FactName) => facts.values[name]?.value ?? null;
  const generator = identifier(value('generator'));
  return {
    rule: decision.rule, outcome: decision.outcome, clause: decision.clause, clause_title: decision.clause === null ? null : (phrases.clauses.get(decision.clause) ?? decision.clause), discretionary: decision.discretionary,
    topic: facts.topic, reason: facts.reason, product: facts.product, privacy: facts.privacy,
    amount: decision.amount, checks: decision.agentChecks, missing: asked,
    answer_by: decision.deadlines.find(({ what }) => what === 'answer')?.by ?? null,
    payout_by: decision.deadlines.find(({ what }) => what === 'payout')?.by ?? null,
    order_number: identifier(value('order_number')), transaction_id: identifier(value('transaction_id')),
    account_email: value('account_email'), generator: generator === null ? null : generator.slice(0, 1).toUpperCase() + generator.slice(1),
    browser: identifier(value('browser')), os: identifier(value('os')), telegram_id: identifier(value('telegram_id')),
    payment_method: value('payment_method'), preferred_resolution: value('preferred_resolution'),
    paid_at: value('paid_at'), fulfilled_at: value('fulfilled_at'), outage_hours: value('outage_hours'), revision_count: value('revision_count'),
    merchant: { name: merchant.display_name, address: merchant.from.address },
  };
}

type ComposedValues = Record<Exclude<TemplateVariable, keyof Values>, TrustedMarkdown | Record<string, TrustedMarkdown>>;

/** What is itself put together from phrases: Markdown already, in which every value is escaped. */
function composedValues(phrases: Phrases, facts: Facts, asked: readonly Asked[], values: Values, answer: Omit<ReadyMail, 'body'>): ComposedValues {
  return {
    understood: new TrustedMarkdown(phrases.understood.get(understoodName(facts))?.render(values) ?? ''),
    reference: new TrustedMarkdown(referenceOf(phrases, values)),
    asks: new TrustedMarkdown(asked.length === 0 ? '' : askList(phrases, asked, values, answer)),
    after_info: new TrustedMarkdown(say(phrases, 'after_info', values)),
    next_step: new TrustedMarkdown(say(phrases, values.answer_by === null ? 'next_step' : 'next_step_by', values)),
    texts: Object.fromEntries(Array.from(phrases.texts, ([name, text]) => [name, new TrustedMarkdown(text.render(values))])),
  };
}

/** A number or a name as it can stand in a letter; null for what a mail program would turn into a link, or a card number. */
function identifier(value: unknown): string | null {
  if (typeof value !== 'string' || !/^@?[\p{L}\p{N}][\p{L}\p{N} ._/\-–]{0,63}$/u.test(value)) return null;
  if (/\p{L}\.\p{L}{2}|\/\//u.test(value) || maskCardNumbers(value) !== value) return null;
  return value;
}

function referenceOf(phrases: Phrases, values: Values): string {
  if (values.order_number === null && values.transaction_id === null) return '';
  const reference = say(phrases, values.order_number === null ? 'reference_transaction' : 'reference_order', values);
  // A full-width bracket brings its own blank.
  return reference.startsWith('（') ? reference : ` ${reference}`;
}

/** Each thing on its own line, with why and how: asked for once, all of it. */
function askList(phrases: Phrases, asked: readonly Asked[], values: Values, answer: Omit<ReadyMail, 'body'>): string {
  const known: ReadonlyMap<string, Template> = phrases.asks;
  const lines = asked.flatMap((name) => {
    const line = known.get(name)?.render(values);
    if (line === undefined) return [];
    return name.startsWith('screenshot') ? `${line}${gapAfter(line)}${phrases.screenshotHow.get(screenOf(values.os))?.render(values) ?? ''}` : line;
  });
  return `${say(phrases, 'asks_intro', values)}\n\n${lines.map((line) => `- ${line}`).join('\n')}${formFor(phrases, asked, values, answer)}`;
}

/** Japanese sentences follow each other without a blank. */
function gapAfter(sentence: string): string {
  return sentence.endsWith('。') ? '' : ' ';
}

const screens: readonly (readonly [RegExp, ScreenName])[] = [[/^windows/iu, 'windows'], [/^mac/iu, 'macos'], [/^(?:ios|ipados)/iu, 'ios'], [/^android/iu, 'android'], [/^(?:linux|ubuntu|fedora|debian|manjaro|arch)/iu, 'linux']];

function screenOf(os: unknown): ScreenName {
  return typeof os === 'string' ? (screens.find(([pattern]) => pattern.test(os))?.[1] ?? 'other') : 'other';
}

/** One line to fill in alone is no form; a file cannot be typed. */
const minFormLines = 2;

/** The lines that the reader knows again, and a link that opens a mail with them. */
function formFor(phrases: Phrases, asked: readonly Asked[], values: Values, answer: Omit<ReadyMail, 'body'>): string {
  const lines = formLines(phrases, asked);
  if (lines.length < minFormLines) return '';
  const link = `[${say(phrases, 'form_link', values)}](${mailtoLink({ ...answer, body: lines.map((line) => `${line} `).join('\n') })})`;
  return `\n\n${say(phrases, 'form_intro', values)}\n\n${lines.map(escapeMarkdown).join('\\\n')}\n\n${link}`;
}

function greetingOf(phrases: Phrases, message: Message, to: Address, values: Values): string {
  // Reply-To may be somebody else: the name on From is not theirs.
  const sender = to.name !== '' || message.from?.address !== to.address ? to : message.from;
  const name = greetingName(sender);
  return name === null ? say(phrases, 'greeting', values) : say(phrases, 'greeting_named', { ...values, name });
}

function notes(phrases: Phrases, facts: Facts, asked: readonly string[], values: Values): string[] {
  const has = (flag: Flag) => facts.flags.includes(flag);
  const result: string[] = [];
  if (has('dangerous_attachment') && (asked.includes('screenshot') || asked.includes('photo'))) result.push(say(phrases, 'note_dangerous_attachment', values));
  if (has('several_requests')) result.push(say(phrases, 'note_several_requests', values));
  if (has('payment_card_number')) result.push(say(phrases, 'note_card_number', values));
  return result;
}
