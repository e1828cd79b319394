import type { Policy, PolicyRule } from '../decision/policy.ts';
import { formLines, mailtoLink } from '../draft/form.ts';
import { subjectLineNames, type Phrases, type SubjectLineName } from '../draft/phrases.ts';
import type { Requirement } from '../facts/facts.ts';
import type { Pack } from './pack.ts';

/**
 * Conventions: how a merchant's customers are asked to write, so that their first mail has all that the policy asks of them. Made from the pack; a mail
 * written otherwise is read as well.
 */
export interface Conventions {
  readonly merchant: string;
  readonly address: string;
  /** In the order of the policy's languages. */
  readonly languages: readonly LanguageConventions[];
}

export interface LanguageConventions {
  readonly language: string;
  readonly title: string;
  readonly intro: string;
  readonly words: Readonly<Record<'subject' | 'details' | 'attach' | 'open', string>>;
  readonly mails: readonly MailConvention[];
}

/** One kind of mail. */
export interface MailConvention {
  readonly topic: SubjectLineName;
  /** `Refund request`. */
  readonly name: string;
  /** `Refund request - [Order number]`. */
  readonly subject: string;
  /** Lines to fill in, each with its colon. */
  readonly lines: readonly string[];
  /** What is to be attached. */
  readonly attachments: readonly string[];
  /** Opens the mail, with subject and lines. */
  readonly link: string;
}

export function conventionsOf({ policy, replies }: Pack): Conventions {
  const asked = subjectLineNames.flatMap((topic) => {
    const requirements = requirementsOf(topic, policy);
    return requirements === null ? [] : [{ topic, requirements }];
  });
  const merchant = { name: policy.display_name, address: policy.from.address };
  return {
    merchant: merchant.name,
    address: merchant.address,
    languages: replies.languages.flatMap((language) => {
      const phrases = replies.byLanguage.get(language)?.phrases;
      return phrases === undefined ? [] : [inLanguage(language, phrases, merchant, asked)];
    }),
  };
}

type Asked = readonly { readonly topic: SubjectLineName; readonly requirements: readonly Requirement[] }[];

function inLanguage(language: string, phrases: Phrases, merchant: { readonly name: string; readonly address: string }, asked: Asked): LanguageConventions {
  const say = (name: Parameters<Phrases['conventions']['get']>[0]): string => phrases.conventions.get(name)?.renderPlain({ merchant }) ?? '';
  return {
    language,
    title: say('title'),
    intro: say('intro'),
    words: { subject: say('subject'), details: say('details'), attach: say('attach'), open: say('open') },
    mails: asked.map(({ topic, requirements }) => {
      const name = phrases.subjectLines.get(topic) ?? '';
      const identifier = requirements.find((each) => each === 'order_number' || each === 'transaction_id');
      const label = identifier === undefined ? undefined : phrases.form.get(identifier);
      const lines = formLines(phrases, requirements);
      return {
        topic, name, lines,
        subject: label === undefined ? name : `${name} - [${label}]`,
        attachments: requirements.flatMap((each) => (each === 'screenshot' || each === 'photo' ? say(each) : [])),
        link: mailtoLink({ to: merchant.address, subject: label === undefined ? name : `${name} - `, body: lines.map((line) => `${line} `).join('\n') }),
      };
    }),
  };
}

/** What the policy says to ask for, else what its rules require; null where no rule is about the topic. */
function requirementsOf(topic: SubjectLineName, policy: Policy): readonly Requirement[] | null {
  const said = policy.conventions[topic];
  if (said !== undefined) return said;
  const about = policy.rules.flatMap((rule) => casesAbout(topic, rule));
  if (about.length === 0) return null;
  const needing = about.filter((requires) => requires.length > 0);
  const counts = new Map<Requirement, number>();
  for (const name of needing.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  // What a rule or two ask for besides would be in everybody's way: whom it concerns is asked for it.
  const common = [...counts].filter(([, count]) => count * 3 >= needing.length).map(([name]) => name);
  const substitutes = new Map<string, readonly string[] | undefined>(Object.entries(policy.same_as));
  const required = common.filter((name, index) => !common.slice(0, index).some((other) => substitutes.get(name)?.includes(other) === true));
  if (topic === 'privacy') return [...new Set<Requirement>(['account_email', ...required, 'description'])];
  return required.length > 0 ? required : ['account_email'];
}

const topicWords: Readonly<Record<SubjectLineName, RegExp>> = {
  refund: /"refund"/u, technical_problem: /"technical_(?:problem|failure)"/u, cancellation: /"cancellation"/u, revision: /"revision"/u, privacy: /"privacy"/u,
};

/** The requirements of the rule's cases that a mail on the topic can come to. */
function casesAbout(topic: SubjectLineName, { when = '', requires, cases }: PolicyRule): (readonly Requirement[])[] {
  const whole = topicsIn(when);
  if (cases === undefined) return (whole.length === 0 ? ['refund'] : whole).includes(topic) ? [requires] : [];
  const taken = new Set<SubjectLineName>();
  return cases.flatMap((each) => {
    const own = topicsIn(each.when ?? '');
    const left = own.length > 0 ? own : (whole.length === 0 ? (['refund'] as const) : whole).filter((name) => !taken.has(name));
    for (const name of own) taken.add(name);
    return left.includes(topic) ? [each.requires ?? requires] : [];
  });
}

/** A reason other than a technical failure is one for a refund. */
function topicsIn(condition: string): SubjectLineName[] {
  const named = subjectLineNames.filter((name) => topicWords[name].test(condition));
  const hasOtherReason = /reason (?:==|in) [^|&]*"(?!technical_failure")[a-z_]+"/u.test(condition);
  return hasOtherReason && !named.includes('refund') && !named.some((name) => name === 'cancellation' || name === 'revision' || name === 'privacy') ? ['refund', ...named] : named;
}
