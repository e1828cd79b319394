import { join } from 'node:path';
import { checkPromises, type PromiseKind } from '../draft/check-promises.ts';
import { clauseTitlesIn } from '../draft/replies.ts';
import { detectLanguage } from '../facts/languages/detect-language.ts';
import type { Pack } from './pack.ts';
import type { Lint, PackFinding } from './pack-finding.ts';
import { sampleMessage, sampleReplies, sampleWrittenAt, type SampleReply } from './sample-replies.ts';

/**
 * Writes every reply of a pack, for each rule, outcome and language, to a sample customer, and says what is wrong with it: a gap or a raw variable, words
 * of another language, a promise that the decision does not back, no name in the greeting. `folder` is the pack's.
 */
export function lintReplies(pack: Pack, folder: string): PackFinding[] {
  const found = new Map<string, PackFinding>();
  for (const reply of sampleReplies(pack)) {
    for (const { lint, message, near } of [...gapsIn(reply), ...strayLanguage(reply), ...unbacked(reply, pack), ...dress(reply)]) {
      const { file, line } = placeOf(near, reply, pack, folder);
      const key = [file, line, lint, near].join('\n');
      if (!found.has(key)) found.set(key, { lint, file, line, column: null, key: '', message });
    }
  }
  return [...found.values()];
}

interface Fault {
  readonly lint: Lint;
  readonly message: string;
  /** The words of the reply in question, by which its line is found; below them, what stands around. */
  readonly near: string;
}

const gaps: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\{\{|\}\}|\{%|%\}/u, 'a raw tag'],
  [/\bundefined\b|\bnull\b|\[object |\bNaN\b/u, 'a raw value'],
  [/\(\s*\)|（\s*）|«\s*»|“\s*”|\[\s*\]/u, 'empty brackets'],
  [/ {2}|\s[,.](?:\s|$)|\(\s|\s\)|,,|(?<!\.)\.\.(?!\.)|، ،/u, 'a gap where a value should stand'],
  [/(?:§|п\.|section|№)\s*[,.)]/u, 'a reference without its number'],
  [/\*\*|^#{1,6} |\]\(/mu, 'raw Markdown'],
];

function gapsIn({ draft }: SampleReply): Fault[] {
  return gaps.flatMap(([pattern, what]) => {
    const match = pattern.exec(draft.text);
    if (match === null) return [];
    return [{ lint: 'gap', message: `the reply "${draft.template}" has ${what}: "${around(draft.text, match.index)}"`, near: around(draft.text, match.index) } satisfies Fault];
  });
}

/** Letters that a language beside the one with the same script does not have. */
const otherLetters: Readonly<Record<string, RegExp>> = { ru: /[іўїєґ]/iu, be: /[ищъїєґ]/iu };
const minLettersToTell = 60;

function strayLanguage({ draft, language }: SampleReply): Fault[] {
  const faults: Fault[] = [];
  for (const paragraph of draft.text.split('\n').map((line) => line.trim())) {
    const letters = paragraph.match(/\p{L}/gu)?.length ?? 0;
    const stray = otherLetters[language]?.exec(paragraph);
    const latin = /^(?:ru|be|ja|ko|ar)$/u.test(language) ? /(?:(?<![\p{L}@./])\p{Ll}[a-z]+(?![\p{L}@/]|\.[a-z]) ){2}[a-z]{2,}/u.exec(paragraph) : null;
    const told = letters < minLettersToTell ? language : languageOf(paragraph, language);
    if (stray !== null && stray !== undefined) faults.push({ lint: 'language', message: `"${around(paragraph, stray.index)}" has the letter "${stray[0]}", which "${language}" does not use`, near: around(paragraph, stray.index) });
    else if (latin !== null) faults.push({ lint: 'language', message: `"${latin[0]}" is not in "${language}"`, near: latin[0] });
    else if (told !== language) faults.push({ lint: 'language', message: `reads as "${told}", not "${language}": "${paragraph.slice(0, 60)}"`, near: paragraph });
  }
  return faults;
}

const toldBefore = new Map<string, string>();
const maxTold = 5_000;

/** Most paragraphs stand in many replies. */
function languageOf(paragraph: string, expected: string): string {
  const key = `${expected} ${paragraph}`;
  const known = toldBefore.get(key);
  if (known !== undefined) return known;
  const told = detectLanguage(sampleMessage, paragraph, [expected]);
  if (toldBefore.size < maxTold) toldBefore.set(key, told);
  return told;
}

/** What a pack's writer does about each. */
const mendings: Readonly<Record<PromiseKind, string>> = {
  sum: 'Put in the decision\'s: {{ amount | money }}',
  share: 'Name what the rule keeps (keep_percent) or its rest, or leave the share out',
  date: 'Put in {{ answer_by | date }} or {{ payout_by | date }}, or leave the day out',
  period: 'Put in what the policy and its deadlines say, or leave it out',
  remedy: 'Say what the rule\'s outcome gives and no more, or change the outcome',
  unconditional: 'Say "may", or "once …" with what is still open',
  clause: 'Write § {{ clause }}, or give the clause its name under `clauses` in phrases.yaml',
};

function unbacked({ draft, language, decision, facts }: SampleReply, pack: Pack): Fault[] {
  const clauseTitles = clauseTitlesIn(pack.replies, decision.clause);
  const findings = checkPromises(draft.text, language, { decision, facts, policy: pack.policy, policyTexts: pack.policyTexts, clauseTitles, writtenAt: sampleWrittenAt });
  return findings.map(({ kind, text, message, start }) => ({ lint: 'promise', message: `for ${decision.rule === null ? 'no rule' : `the rule ${decision.rule}`}, "${text}": ${message}. ${mendings[kind]}`, near: `${text}\n${around(draft.text, start)}` }));
}

/** How it is dressed: a greeting by name, Arabic from the right. */
function dress({ draft, language }: SampleReply): Fault[] {
  const faults: Fault[] = [];
  const [greeting = ''] = draft.text.split('\n');
  if (!greeting.includes(sampleMessage.from?.name ?? '')) faults.push({ lint: 'greeting', message: `the greeting in "${language}" leaves the name out: "${greeting}"`, near: greeting });
  if ((language === 'ar') !== draft.html.includes('dir="rtl"')) faults.push({ lint: 'language', message: `"${language}" is written in the wrong direction`, near: '' });
  return faults;
}

function around(text: string, index: number): string {
  const from = text.lastIndexOf('\n', index) + 1;
  const to = text.indexOf('\n', index);
  return text.slice(Math.max(from, index - 24), Math.min(to === -1 ? text.length : to, index + 36)).trim();
}

/** Without blanks between words, any few characters in a row are one. */
function wordsOf(text: string): readonly string[] {
  const unspaced = (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{3,}/gu) ?? []).flatMap((run) => Array.from({ length: run.length - 2 }, (_, index) => run.slice(index, index + 3)));
  return [...unspaced, ...(text.match(/(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}]){2,}/gu) ?? [])];
}

/** The line of a template or of the phrases in which the most of the words stand; values are put in, so not all of them do. */
function placeOf(near: string, { draft, language }: SampleReply, pack: Pack, folder: string): { file: string; line: number | null } {
  const candidates = [`${pack.name}/replies/${language}/${draft.template}.md`, `shared/replies/${language}/${draft.template}.md`, `${pack.name}/replies/${language}/phrases.yaml`, `shared/${language}.yaml`];
  const there = candidates.filter((path) => pack.files.has(path));
  // What is first in "near" is the fault itself, the rest what stands around it.
  const [fault = '', ...rest] = near.split('\n');
  const [words, others] = [wordsOf(fault), wordsOf(rest.join(' '))];
  let best: { path: string; line: number | null; score: number } = { path: there[0] ?? candidates[0] ?? '', line: null, score: 0 };
  for (const path of there) {
    for (const [index, line] of (pack.files.get(path)?.toString('utf8') ?? '').split('\n').entries()) {
      const score = words.filter((word) => line.includes(word)).length * 100 + others.filter((word) => line.includes(word)).length;
      if (score > best.score) best = { path, line: index + 1, score };
    }
  }
  return { file: join(folder, '..', best.path), line: best.line };
}
