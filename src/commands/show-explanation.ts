import type { Refusal } from '../facts/text/candidate.ts';
import { factNames, type FactName } from '../facts/facts.ts';
import type { Sign } from '../facts/explain-facts.ts';
import type { FileNote } from '../files/seen-file.ts';
import { painter, type Paint, type Style } from './colours.ts';
import type { ExplainedPart, ExplainedReading } from './explained-reading.ts';

const palette: readonly Style[] = ['brightYellow', 'brightCyan', 'brightGreen', 'brightMagenta', 'brightBlue', 'brightRed', 'yellow', 'cyan', 'green', 'magenta', 'blue', 'red'];

const because: Readonly<Record<Refusal, string>> = {
  repeated: 'says the same again',
  weaker: 'is told less clearly',
  rival: 'is as clear, and says otherwise',
  negated: 'is said not to be so',
  hypothetical: 'is told as what could be',
  ahead: 'lies ahead, or is a deadline',
  untied: 'nothing says what it stands for',
  not_paid: 'was not paid, or is a fee',
  forwarded: 'stands in a mail that is passed on',
  unversioned: 'is named in passing',
  merchants_own: "is the merchant's own",
  irrelevant: 'does not matter in this request',
  set_aside: 'stands in what was set aside',
};

/** A reading with its grounds, for a person at a terminal: the mail with its facts marked, then what spoke for each. Ends in a line break. */
export function showExplanation(reading: ExplainedReading, colours: boolean): string {
  const paint = painter(colours);
  const styleOf = stylesOfFacts(reading);
  return [
    title(reading, paint),
    ...reading.parts.map((part, index) => mailPart(part, index, reading, styleOf, colours, paint)),
    fileList(reading, paint),
    judgement(reading, paint),
    factList(reading, styleOf, paint),
  ].filter((section) => section !== '').join('\n\n') + '\n';
}

/** Each fact of the mail in a colour of its own, as far as there are colours. */
function stylesOfFacts(reading: ExplainedReading): (name: FactName) => Style {
  const named = factNames.filter((name) => reading.facts[name]?.at);
  return (name) => palette[Math.max(0, named.indexOf(name)) % palette.length] ?? 'brightYellow';
}

function title(reading: ExplainedReading, paint: Paint): string {
  const { file, message_id: id, brand, language, topic, reason, product, outcome, missing, flags } = reading;
  return [
    `${paint(file, 'bold')}  ${paint(oneLine(id ?? 'without Message-ID'), 'dim')}`,
    `${brand ?? 'no merchant of ours'} · ${language} · ${[topic, reason, product].filter((word) => word !== null).join(' · ')} → ${paint(outcome, 'bold')}`,
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(flags.length > 0 ? [`flags: ${paint(flags.join(', '), 'red')}`] : []),
  ].join('\n');
}

function mailPart(part: ExplainedPart, index: number, reading: ExplainedReading, styleOf: (name: FactName) => Style, colours: boolean, paint: Paint): string {
  if (part.set_aside !== null) {
    return [paint(`(set aside – ${part.set_aside})`, 'dim'), ...part.text.split('\n').map((line) => paint(`  ${oneLine(line)}`.trimEnd(), 'dim'))].join('\n');
  }
  const heading = part.kind === 'subject' ? 'Subject: ' : part.kind === 'forward' ? `${paint('(passed on; counts where the customer says nothing)', 'dim')}\n` : part.question === null ? '' : `${paint(`(answers: ${oneLine(part.question)})`, 'dim')}\n`;
  const spans = factNames.flatMap((name) => {
    const at = reading.facts[name]?.at;
    return at?.part === index ? [{ name, start: at.start, end: at.end }] : [];
  });
  // Spans may overlap: each stretch between two borders carries all that cover it.
  const borders = [...new Set([0, part.text.length, ...spans.flatMap(({ start, end }) => [start, end])])].toSorted((a, b) => a - b);
  let shown = '';
  let open = '';
  const close = (): void => {
    if (open !== '' && !colours) shown += ']';
    open = '';
  };
  for (const [i, start] of borders.entries()) {
    const covering = spans.filter((span) => span.start <= start && start < span.end).map(({ name }) => name);
    const text = manyLines(part.text.slice(start, borders[i + 1] ?? start));
    const names = covering.join(', ');
    if (names !== open) {
      close();
      if (names !== '' && !colours) shown += `[${names}: `;
      open = names;
    }
    const [first] = covering;
    // A style that went on over the line's end would colour what a pager draws beside it.
    shown += first === undefined ? text : text.split('\n').map((line) => paint(line, styleOf(first), 'underline')).join('\n');
  }
  close();
  return heading + shown;
}

function fileList({ files }: ExplainedReading, paint: Paint): string {
  if (files.length === 0) return '';
  const lines = files.slice(0, maxFilesShown).flatMap(({ filename, type, kind, why_other: why, flags, text, duration_seconds: seconds, notes }) => {
    const about = [why === undefined ? kind : `${kind}: ${why}`, type, ...(seconds === null ? [] : [`${String(seconds)} s`]), ...flags, ...notes.map((note) => saidOfFile[note])];
    const seen = (text ?? '').split('\n').map(oneLine).filter((line) => line !== '');
    const more = seen.length - maxLinesShown;
    return [`  ${paint(oneLine(filename ?? 'without a name'), 'bold')}  ${about.join(' · ')}`, ...seen.slice(0, maxLinesShown).map((line) => paint(`      ${shorten(line)}`, 'dim')), ...(more > 0 ? [paint(`      and ${String(more)} lines more`, 'dim')] : [])];
  });
  return [paint('Files, and what was read in them', 'bold'), ...lines, ...(files.length > maxFilesShown ? [`  and ${String(files.length - maxFilesShown)} more`] : [])].join('\n');
}

const saidOfFile: Readonly<Record<FileNote, string>> = {
  incomplete: 'not read: only its beginning is there',
  too_large: 'not read: too large',
  too_many_files: 'not read: one file too many',
  text_truncated: 'read in part',
  unreadable: 'not read: damaged',
  locked: 'not read: locked by a password',
  time_out: 'not read: it took too long',
  out_of_memory: 'not read: it took too much memory',
  has_scripts: 'brings scripts, none of which was run',
  unpacks_too_large: 'not read: grows beyond all measure when unpacked',
};

const maxFilesShown = 20;
const maxLinesShown = 15;

function judgement({ signs, parts, topic, reason, product }: ExplainedReading, paint: Paint): string {
  if (signs.length === 0) return '';
  const chosen = new Set([topic, reason, `product_${product ?? ''}`]);
  const concepts = [...new Set(signs.map(({ concept }) => concept))];
  const weightOf = (concept: Sign['concept']): number => signs.filter((sign) => sign.concept === concept && sign.refused === null).reduce((sum, { weight }) => sum + weight, 0);
  const lines = concepts.toSorted((a, b) => weightOf(b) - weightOf(a)).map((concept) => {
    const said = signs.filter((sign) => sign.concept === concept).map((sign) => {
      const words = oneLine(parts[sign.part]?.text.slice(sign.start, sign.end) ?? '');
      const weight = sign.weight.toFixed(1);
      const text = sign.by === 'phrase' ? `“${words}” ${weight}` : `like others who say so: “${shorten(words)}” ${weight}`;
      return sign.refused === null ? text : paint(`${text} (not counted: ${because[sign.refused]})`, 'dim');
    });
    const name = concept.padEnd(24);
    return `  ${chosen.has(concept) ? paint(name, 'bold') : name} ${[...new Set(said)].slice(0, 6).join(', ')}`;
  });
  return [paint('What it is about, by phrases and their weight', 'bold'), ...lines].join('\n');
}

function factList({ facts }: ExplainedReading, styleOf: (name: FactName) => Style, paint: Paint): string {
  const lines = factNames.flatMap((name) => {
    const fact = facts[name];
    if (fact === undefined) return [];
    const label = name.padEnd(21);
    const told = fact.value === null || fact.evidence === null
      ? `  ${paint(`${label} –`, 'dim')}`
      : `  ${fact.at === null ? label : paint(label, styleOf(name))} ${paint(String(fact.value), 'bold')}  ${fact.source ?? ''}: “${oneLine(fact.evidence)}”`;
    const otherwise = fact.instead_of === undefined ? [] : [paint(`      the customer says ${String(fact.instead_of.value)}: “${shorten(oneLine(fact.instead_of.evidence))}” (${fact.instead_of.source})`, 'red')];
    const refused = [...new Set(fact.refused.map(({ value, evidence, why }) => {
      const line = `      not ${String(value)}: “${shorten(oneLine(evidence))}” ${because[why]}`;
      return why === 'rival' ? paint(line, 'red') : paint(line, 'dim');
    }))];
    const shown = refused.slice(0, maxRefusedShown);
    return [told, ...otherwise, ...shown, ...(refused.length > shown.length ? [paint(`      and ${String(refused.length - shown.length)} more`, 'dim')] : [])];
  });
  return lines.length === 0 ? '' : [paint('Facts, and what was not taken for them', 'bold'), ...lines].join('\n');
}

const maxRefusedShown = 8;
const maxWords = 70;

function shorten(text: string): string {
  return text.length <= maxWords ? text : `${text.slice(0, maxWords - 1)}…`;
}

// Mail is hostile: an escape sequence in it must not reach the terminal.
function manyLines(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '�');
}

function oneLine(text: string): string {
  return manyLines(text).replaceAll(/\s+/g, ' ').trim();
}
