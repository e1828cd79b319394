import { describe, expect, it } from 'vitest';
import { outcomes, type Outcome } from '../../src/decision/decision.ts';
import type { PolicyRule } from '../../src/decision/policy.ts';
import type { Draft } from '../../src/draft/draft.ts';
import { localeFormat } from '../../src/draft/locale-format.ts';
import { writeDraft } from '../../src/draft/write-draft.ts';
import { reasons, type Reason, type Requirement, type Topic } from '../../src/facts/facts.ts';
import type { Pack } from '../../src/packs/pack.ts';
import { allPacks, someDecision, someFacts, someMessage, tag } from './some-cases.ts';

interface Sample {
  readonly pack: Pack;
  readonly language: string;
  readonly rule: PolicyRule | null;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly missing: readonly Requirement[];
  readonly amount: string | null;
  readonly draft: Draft;
}

const asksNothing: ReadonlySet<Outcome> = new Set(['deny', 'cancel_subscription', 'answer', 'no_reply']);
const refunds: ReadonlySet<Outcome> = new Set(['full_refund', 'partial_refund']);
/** A day that no template holds. */
const answerBy = '2031-11-27';

const refunded = '1234.50 USD';
const sum = ({ language }: Pick<Sample, 'language'>) => localeFormat(language).money(refunded);
const due = ({ language }: Sample) => localeFormat(language).date(answerBy);
const known = (language: string) => [answerBy, '2026-03-05', '2026-03-06'].map((day) => localeFormat(language).date(day));
const lines = ({ draft }: Sample) => draft.text.split('\n').filter((line) => line.startsWith('- ')).length;

function topicOf(rule: PolicyRule | null, reason: Reason | null): Topic {
  const when = rule?.when ?? '';
  const named = (['cancellation', 'revision', 'privacy'] as const).find((topic) => when.includes(`topic == "${topic}"`) || when.includes(`topic in ["${topic}"`));
  return named ?? (reason === 'technical_failure' ? 'technical_problem' : 'refund');
}

function outcomesOf(rule: PolicyRule): Outcome[] {
  const each = [rule.outcome, ...(rule.cases ?? []).map(({ outcome }) => outcome ?? rule.outcome)];
  const named = new Set(each.filter((outcome) => outcome !== undefined));
  return outcomes.filter((outcome) => named.has(outcome));
}

function samplesOf(pack: Pack): Sample[] {
  const samples: Sample[] = [];
  for (const language of pack.replies.languages) {
    for (const rule of [...pack.policy.rules, null]) {
      const named = reasons.filter((reason) => rule?.when?.includes(`"${reason}"`));
      const required = rule === null ? [] : [...new Set([...rule.requires, ...(rule.cases ?? []).flatMap(({ requires }) => requires ?? [])])];
      for (const reason of named.length > 0 ? named : [null]) {
        for (const outcome of rule === null ? (['human_review', 'deny'] as const) : outcomesOf(rule)) {
          const amount = refunds.has(outcome) ? refunded : null;
          for (const missing of asksNothing.has(outcome) || required.length === 0 ? [[]] : [[], required]) {
            const facts = someFacts({ language, topic: topicOf(rule, reason), reason });
            const deadlines = [{ what: 'answer', by: answerBy }];
            const decision = someDecision({ outcome, rule: rule?.name ?? null, clause: rule?.clause ?? null, discretionary: rule?.discretionary ?? false, amount, deadlines, missing });
            const draft = writeDraft(someMessage(), facts, decision, pack.replies, pack.policy, { caseTag: tag });
            if (draft !== null) samples.push({ pack, language, rule, outcome, reason, missing, amount, draft });
          }
        }
      }
    }
  }
  return samples;
}

function nameOf({ pack, language, rule, outcome, reason, missing }: Sample): string {
  return [pack.name, language, rule?.name ?? 'no rule', outcome, reason, missing.length > 0 ? 'asks' : 'complete'].join(' ');
}

/** The customer's and the merchant's names and what the facts say: the same letters in every language. */
function ownWords(text: string): string {
  return text.replaceAll('Anna Lopez', '').replaceAll('SB-10482', '').replaceAll('Ultra', '');
}

const latinNames = /\b(?:IMGto3D|AI3DGen|StoryBookly|Stone|Winno|Dream|Imaging|Telegram|Stars|TON|Connect|Lava|Heleket|USDT|ID|Chrome|Windows|PNG|JPG|Stripe|Starter|Advanced|Free|Turbo|Base|Pro|Ultra|CDN|Google|Analytics|PostHog|cookie|Cookie|username|com|ai|AI|USD|EUR|D|V|Topology|Print|Screen|PrtScn|Ctrl|Shift|Command|Mac|iPhone|Android|Linux)\b/gu;
const foreignLetters: Readonly<Record<string, RegExp>> = {
  ru: /[іўўЎІa-zA-Z]/u, be: /[ищъИЩЪa-zA-Z]/u,
  ja: /[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Arabic}a-zA-Z]/u, ko: /[\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Arabic}a-zA-Z]/u,
  ar: /[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Han}a-zA-Z]/u,
};
const notLatin = /[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Arabic}]/u;
/** A letter at least that each language uses and English does not, so that an English leftover of a whole reply is seen. */
const ownLetters: Readonly<Record<string, RegExp>> = { es: /[áéíóúñ¿¡]/u, fr: /[àâçéèêëîïôù’]/u, it: /[àèéìòù’]/u, pt: /[ãáâçéêíóõú]/u, pl: /[ąćęłńóśźż]/u, tr: /[çğıöşü]/u };

const letters = ({ draft, language }: Sample) => ownWords(draft.text.replaceAll(sum({ language }), '')).replaceAll(latinNames, '');
const said = (sample: Sample) => sample.draft.text.replaceAll(sum(sample), '');
const rest = ({ draft, language }: Sample) => known(language).reduce((text, day) => text.replaceAll(day, ''), draft.text);

/** Words by which money or a remedy would be promised outright. */
const promises: Readonly<Record<string, RegExp>> = {
  en: /\b(?:we will|we'll|you will) (?:refund|pay|compensate|get a|get your|receive)|\bis refunded\b/iu,
  ru: /верн[её]м|возместим|вы получите|возвращается\b(?!,)/iu,
  be: /вернем|кампенсуем|вы атрымаеце/iu,
  es: /reembolsaremos|le devolveremos|recibirá/iu,
  fr: /rembourserons|vous recevrez|vous serez remboursé/iu,
  it: /rimborseremo|riceverà/iu,
  pt: /reembolsaremos|você receberá|vamos reembolsar/iu,
  pl: /zwrócimy|otrzymają Państwo/iu,
  tr: /iade edeceğiz|iade edilecektir|alacaksınız/iu,
  ja: /返金いたします|お支払いいたします/u,
  ko: /환불해 드리겠습니다|지급해 드리겠습니다/u,
  ar: /سنعيد لكم|سنرد لكم|ستحصلون/u,
};

const samples = (await allPacks()).flatMap(samplesOf);
const failing = (holds: (sample: Sample) => boolean) => samples.filter((sample) => !holds(sample)).map(nameOf);

describe('every reply of every merchant and language', () => {
  it('is there for every rule and outcome', () => {
    expect(samples.length).toBeGreaterThan(500);
    expect(new Set(samples.map(({ draft }) => draft.language))).toEqual(new Set(['ar', 'be', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt', 'ru', 'tr']));
    expect(failing(({ language, draft }) => draft.language === language)).toEqual([]);
  });

  it('has no raw variable, no markup and no gap in its text', () => {
    expect(failing(({ draft }) => !/\{\{|\{%|\*\*|undefined|null|\[object|NaN/u.test(draft.text + draft.html))).toEqual([]);
    expect(failing(({ draft }) => !/ {2}| [,.)]|\n{3}|\(\s*\)|\) \(|（）|\.\.|§ [,)]|п\. [,)]|\\/u.test(draft.text))).toEqual([]);
    expect(failing(({ draft }) => draft.text.split('\n\n').length >= 4)).toEqual([]);
  });

  it('has no words of another language', () => {
    expect(failing((sample) => !(foreignLetters[sample.language] ?? notLatin).test(letters(sample)))).toEqual([]);
    expect(failing((sample) => ownLetters[sample.language]?.test(sample.draft.text) ?? true)).toEqual([]);
  });

  it('names the sum of the decision, written as the language writes it, and no other', () => {
    const named = samples.filter(({ amount, draft, missing, rule }) => amount !== null && missing.length === 0 && draft.template === rule?.name);
    expect(named.filter((sample) => !/share-unknown|cancel-started|revisions-exhausted/u.test(sample.draft.template) && !sample.draft.text.includes(sum(sample))).map(nameOf)).toEqual([]);
    expect(failing((sample) => !/[$€£¥₽₩]|\b(?:USD|EUR|RUB)\b|41[.,]99/u.test(said(sample)))).toEqual([]);
  });

  it('names no day but the one an answer is due and the one a denial turned on', () => {
    expect(failing((sample) => !/20\d\d/u.test(rest(sample)))).toEqual([]);
    expect(failing(({ draft, language, outcome }) => outcome === 'deny' || !known(language).slice(1).some((day) => draft.text.includes(day)))).toEqual([]);
  });

  it('asks for everything that is missing, a line each, and for nothing where nothing is', () => {
    expect(failing(({ draft, missing }) => missing.length === 0 || draft.template === 'request-info')).toEqual([]);
    expect(failing((sample) => (sample.missing.length > 0 ? lines(sample) === sample.missing.length : lines(sample) === 0 || sample.outcome === 'answer'))).toEqual([]);
  });

  it('says when an answer is due, unless it is the answer', () => {
    expect(failing((sample) => sample.outcome === 'deny' || sample.outcome === 'answer' || sample.draft.text.includes(due(sample)))).toEqual([]);
    expect(failing((sample) => sample.outcome !== 'deny' || !sample.draft.text.includes(due(sample)))).toEqual([]);
  });

  it('promises nothing where the merchant need not, or a person decides', () => {
    const open = samples.filter(({ rule, outcome }) => rule?.discretionary === true || outcome === 'human_review' || outcome === 'investigate');
    expect(open.length).toBeGreaterThan(100);
    expect(open.filter(({ draft, language }) => promises[language]?.test(draft.text) ?? true).map(nameOf)).toEqual([]);
  });

  it('names the clause of a denial where the policy has one', () => {
    const numbered = samples.filter(({ outcome, rule }) => outcome === 'deny' && rule?.clause !== null && rule !== null && /^\d/u.test(rule.clause));
    expect(numbered.filter(({ rule, draft }) => !draft.text.includes(rule?.clause ?? '?')).map(nameOf)).toEqual([]);
    const headed = samples.filter(({ outcome, rule, language }) => outcome === 'deny' && language === 'ru' && rule !== null && rule.clause !== null && /^\p{L}/u.test(rule.clause));
    expect(headed.filter(({ rule, draft }) => !draft.text.includes(`«${rule?.clause ?? '?'}»`)).map(nameOf)).toEqual([]);
  });
});
