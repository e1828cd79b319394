import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { type CaseNumbers, type Money, type NumbersFilter, openNumbersReader, type Share, type Spread } from '../cases/lists/case-numbers.ts';
import { outcomes } from '../decision/decision.ts';
import { noteAccess } from './audit.ts';
import { dayBars, shareBar } from './charts.ts';
import { button, linkButton, optionsOf } from './controls.ts';
import { type DeskContext, listsOf } from './desk-context.ts';
import { queryOf } from './form-fields.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { nameOf, outcomeName, reasonName } from './names-in-words.ts';
import { panel } from './notices.ts';
import { sendPage } from './page.ts';
import { type Column, table } from './table.ts';
import type { Words } from './words.ts';

/** The numbers: what arrives, how fast it is answered, what comes of it, and where people and policy differ. */

const everyone = { config: { access: { role: 'reader', scope: 'numbers:read' } } } as const;
const periods = [7, 30, 90, 365] as const;

interface AskedNumbers {
  readonly days: number;
  readonly merchant: string;
}

interface Counted {
  readonly asked: AskedNumbers;
  readonly numbers: CaseNumbers;
  /** What happened up to then is in them. */
  readonly now: Date;
}

export function numbersRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;
  const reader = openNumbersReader();
  const countFor = async (request: FastifyRequest, asked: AskedNumbers): Promise<Counted> => {
    const now = desk.now();
    return { asked, now, numbers: await reader.read(await listsOf(desk), filterOf(asked, request, now)) };
  };

  app.get('/numbers', everyone, async (request, reply) => {
    await noteAccess(database, request, 'numbers.opened');
    const counted = await countFor(request, askedOf(request));
    return sendPage(reply, { title: request.words.say('numbers.title'), current: 'numbers', content: numbersContent(counted, merchantsOf(desk), request.words) });
  });

  app.get('/numbers.csv', everyone, async (request, reply) => {
    const asked = askedOf(request);
    await noteAccess(database, request, 'numbers.exported');
    const text = numbersCsv(await countFor(request, asked));
    return await reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="refund-triage-${String(asked.days)}-days.csv"`).header('cache-control', 'no-store').send(text);
  });
}

function merchantsOf(desk: DeskContext): readonly string[] {
  return desk.packs().map(({ name }) => name);
}

function askedOf(request: FastifyRequest): AskedNumbers {
  const days = Number(queryOf(request, 'days'));
  return { days: periods.find((each) => each === days) ?? 30, merchant: queryOf(request, 'merchant').slice(0, 100) };
}

/** Whole days of the reader's, today among them. */
function filterOf({ days, merchant }: AskedNumbers, request: FastifyRequest, now: Date): NumbersFilter {
  const timeZone = request.agent?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return { firstDay: today.subtract({ days: days - 1 }).toString(), lastDay: today.toString(), merchant: merchant === '' ? null : merchant, timeZone };
}

function numbersContent({ asked, numbers, now }: Counted, merchants: readonly string[], words: Words): Html {
  const { say, number } = words;
  const query = new URLSearchParams({ days: String(asked.days), ...(asked.merchant === '' ? {} : { merchant: asked.merchant }) }).toString();
  return html`<div class="page-head queue-head"><h1>${say('numbers.title')}</h1>
<form method="get" action="/numbers" class="inline numbers-form"><label class="visually-hidden" for="numbers-days">${say('numbers.period')}</label>
<select class="input small" id="numbers-days" name="days">${optionsOf(periods.map((days) => ({ value: String(days), label: say('numbers.days', { n: days }) })), String(asked.days))}</select>
<label class="visually-hidden" for="numbers-merchant">${say('queue.merchant')}</label>
<select class="input small" id="numbers-merchant" name="merchant">${optionsOf([{ value: '', label: say('numbers.all') }, ...merchants.map((name) => ({ value: name, label: name }))], asked.merchant)}</select>
${button(say('case.show'))}${linkButton(say('numbers.csv'), `/numbers.csv?${query}`, { look: 'quiet' })}</form></div>
<p class="muted"><time datetime="${now.toISOString()}">${say('numbers.asOf', { when: words.moment(now) })}</time></p>
<div class="tiles">
${tile(say('numbers.requests'), number(numbers.requests), null)}
${spreadTile(say('numbers.toDraft'), numbers.toDraft, words)}
${spreadTile(say('numbers.toAnswer'), numbers.toAnswer, words)}
${tile(say('numbers.approved'), numbers.sent === 0 ? '–' : percent(numbers.sentUnedited / numbers.sent, words), numbers.sent === 0 ? null : `${number(numbers.sentUnedited)} / ${number(numbers.sent)}`)}
</div>
${panel(say('numbers.arrivals'), arrivals(numbers, words))}
<div class="numbers-grid compact">
${panel(say('numbers.byMerchant'), shareTable(say('numbers.byMerchant'), numbers.byMerchant, (name) => name ?? '–', numbers.requests, words))}
${panel(say('numbers.byReason'), shareTable(say('numbers.byReason'), numbers.byReason, (name) => reasonName(words, name), numbers.requests, words))}
${panel(say('numbers.byLanguage'), shareTable(say('numbers.byLanguage'), numbers.byLanguage, (name) => (name === null ? '–' : words.languageName(name)), numbers.requests, words))}
${panel(say('queue.outcome'), shareTable(say('queue.outcome'), numbers.byOutcome, (name) => outcomeName(words, outcomes.find((each) => each === name) ?? null), numbers.requests, words))}
${panel(say('numbers.missing'), missingTable(numbers, words))}
${panel(say('numbers.money'), moneyTable(numbers.money, words))}
</div>
<div class="compact">${panel(say('numbers.overrides'), overridesTable(numbers, words))}</div>`;
}

function tile(label: string, value: string, below: string | null): Html {
  return html`<div class="tile"><p class="tile-label">${label}</p><p class="tile-value">${value}</p>${below !== null && html`<p class="muted">${below}</p>`}</div>`;
}

function spreadTile(label: string, spread: Spread | null, words: Words): Html {
  if (spread === null) return tile(label, '–', null);
  return tile(label, duration(spread.medianSeconds, words), `${words.say('numbers.p90')} ${duration(spread.p90Seconds, words)}`);
}

function duration(seconds: number, { say }: Words): string {
  if (seconds < 90) return say('numbers.seconds', { n: Math.round(seconds) });
  if (seconds < 5_400) return say('numbers.minutes', { n: Math.round(seconds / 60) });
  if (seconds < 172_800) return say('numbers.hours', { n: Math.round(seconds / 360) / 10 });
  return say('numbers.daysShort', { n: Math.round(seconds / 8_640) / 10 });
}

function percent(share: number, { language }: Words): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

function arrivals(numbers: CaseNumbers, words: Words): HtmlValue {
  const { say, number } = words;
  if (numbers.requests === 0) return html`<p class="muted">${say('numbers.nothing')}</p>`;
  const short = new Intl.DateTimeFormat(words.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const days = numbers.arrivals.map(({ day, count, answered }) => ({ name: short.format(new Date(`${day}T12:00:00Z`)), value: count, part: answered }));
  const label = `${say('numbers.arrivals')}: ${say('numbers.total', { n: numbers.requests })}`;
  return html`<p class="muted legend"><span class="key key-all" aria-hidden="true"></span> ${say('numbers.requests')} <span class="key key-part" aria-hidden="true"></span> ${say('event.answered')}</p>
${dayBars(label, days, number)}
<details class="compact"><summary class="muted">${say('numbers.table')}</summary>${table(say('numbers.arrivals'), [
    { label: say('numbers.day'), kind: 'heading', cell: ({ day }) => html`<time datetime="${day}">${day}</time>` }, { label: say('numbers.requests'), kind: 'number', cell: ({ count }) => number(count) },
    { label: say('event.answered'), kind: 'number', cell: ({ answered }) => number(answered) },
  ], numbers.arrivals.filter(({ count }) => count > 0))}</details>`;
}

function shareTable(caption: string, shares: readonly Share[], name: (name: string | null) => string, all: number, words: Words): HtmlValue {
  const { say, number } = words;
  if (shares.length === 0) return html`<p class="muted">${say('numbers.nothing')}</p>`;
  const columns: Column<Share>[] = [
    { label: caption, kind: 'heading', cell: (share) => name(share.name) },
    { label: say('numbers.requests'), kind: 'number', cell: ({ requests }) => number(requests) },
    { label: say('numbers.share'), cell: ({ requests }) => html`<span class="share">${shareBar(all === 0 ? 0 : requests / all)}<span>${percent(all === 0 ? 0 : requests / all, words)}</span></span>` },
    { label: say('numbers.toDraftShort'), kind: 'number', cell: ({ toDraft }) => (toDraft === null ? '–' : duration(toDraft.medianSeconds, words)) },
    { label: say('numbers.toAnswerShort'), kind: 'number', cell: ({ toAnswer }) => (toAnswer === null ? '–' : duration(toAnswer.medianSeconds, words)) },
    { label: say('numbers.approvedShort'), kind: 'number', cell: ({ sent, sentUnedited }) => (sent === 0 ? '–' : percent(sentUnedited / sent, words)) },
  ];
  return table(caption, columns, shares.slice(0, 15));
}

function missingTable({ missing, requests }: CaseNumbers, words: Words): HtmlValue {
  const { say, number } = words;
  if (missing.length === 0) return html`<p class="muted">${say('numbers.nothing')}</p>`;
  return table(say('numbers.missing'), [
    { label: say('case.fact'), kind: 'heading', cell: ({ name }) => nameOf(words, 'fact', name) }, { label: say('numbers.times'), kind: 'number', cell: ({ count }) => number(count) },
    { label: say('numbers.share'), cell: ({ count }) => html`<span class="share">${shareBar(count / Math.max(1, requests))}<span>${percent(count / Math.max(1, requests), words)}</span></span>` },
  ], missing);
}

function moneyTable(money: readonly Money[], words: Words): HtmlValue {
  const { say } = words;
  if (money.length === 0) return html`<p class="muted">${say('numbers.nothing')}</p>`;
  const sum = (value: string): string => new Intl.NumberFormat(words.language, { minimumFractionDigits: value.includes('.') ? 2 : 0, maximumFractionDigits: 3 }).format(Number(value));
  return html`<p class="muted">${say('numbers.moneyLead')}</p>${table(say('numbers.money'), [
    { label: say('numbers.currency'), kind: 'heading', cell: ({ currency }) => currency }, { label: say('numbers.refunded'), kind: 'number', cell: ({ refunded }) => sum(refunded) },
    { label: say('numbers.pending'), kind: 'number', cell: ({ pending }) => sum(pending) }, { label: say('numbers.denied'), kind: 'number', cell: ({ denied }) => sum(denied) },
  ], money)}`;
}

function overridesTable({ overrides }: CaseNumbers, words: Words): HtmlValue {
  const { say, number } = words;
  if (overrides.length === 0) return html`<p class="muted">${say('numbers.nothing')}</p>`;
  return html`<p class="muted">${say('numbers.overridesLead')}</p>${table(say('numbers.overrides'), [
    { label: say('numbers.rule'), kind: 'heading', cell: ({ rule }) => rule ?? '–' }, { label: say('numbers.from'), cell: ({ from }) => outcomeName(words, from) },
    { label: say('numbers.to'), cell: ({ to }) => outcomeName(words, to) }, { label: say('numbers.times'), kind: 'number', cell: ({ count }) => number(count) },
    { label: say('numbers.decided'), kind: 'number', cell: ({ decided }) => number(decided) },
  ], overrides)}`;
}

/** One table for all: what it is of, its name, what is counted, the number. RFC 4180; stable names instead of words. */
function numbersCsv({ numbers, now }: Counted): string {
  const rows: (string | number)[][] = [['table', 'name', 'measure', 'value'], ['all', '', 'as_of', now.toISOString()], ['all', '', 'requests', numbers.requests], ['all', '', 'sent', numbers.sent], ['all', '', 'sent_unedited', numbers.sentUnedited]];
  for (const [name, spread] of [['to_draft', numbers.toDraft], ['to_answer', numbers.toAnswer]] as const) {
    if (spread !== null) rows.push(['all', name, 'count', spread.count], ['all', name, 'median_seconds', Math.round(spread.medianSeconds)], ['all', name, 'p90_seconds', Math.round(spread.p90Seconds)]);
  }
  for (const { day, count, answered } of numbers.arrivals) rows.push(['day', day, 'requests', count], ['day', day, 'answered', answered]);
  for (const [kind, shares] of [['merchant', numbers.byMerchant], ['reason', numbers.byReason], ['language', numbers.byLanguage], ['outcome', numbers.byOutcome]] as const) {
    for (const { name, requests, sent, sentUnedited, toDraft, toAnswer } of shares) {
      rows.push([kind, name ?? '', 'requests', requests], [kind, name ?? '', 'sent', sent], [kind, name ?? '', 'sent_unedited', sentUnedited]);
      for (const [measure, spread] of [['to_draft', toDraft], ['to_answer', toAnswer]] as const) {
        if (spread !== null) rows.push([kind, name ?? '', `${measure}_median_seconds`, Math.round(spread.medianSeconds)], [kind, name ?? '', `${measure}_p90_seconds`, Math.round(spread.p90Seconds)]);
      }
    }
  }
  for (const { name, count } of numbers.missing) rows.push(['missing', name, 'requests', count]);
  for (const { currency, refunded, denied, pending } of numbers.money) rows.push(['money', currency, 'refunded', refunded], ['money', currency, 'denied', denied], ['money', currency, 'pending', pending]);
  for (const { rule, from, to, count } of numbers.overrides) rows.push(['override', `${rule ?? ''}: ${from} → ${to}`, 'times', count]);
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // A spreadsheet takes what begins so for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
