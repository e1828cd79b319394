import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CaseMail, readCaseMail } from '../cases/lists/case-view.ts';
import { hideCardNumbers } from '../facts/text/card-numbers.ts';
import type { FetchedMail, OpenedContent } from '../mailbox/mailbox.ts';
import type { Attachment, Message, Segment } from '../message/message.ts';
import { readHtmlBody } from '../message/read-html-body.ts';
import { noteAccess } from './audit.ts';
import { readRange } from './byte-range.ts';
import { chip, chips } from './chips.ts';
import { attribute } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { NotFoundError } from './desk-errors.ts';
import { type Evidence, markEvidence } from './evidence-marks.ts';
import { failureNote } from './failure-in-words.ts';
import { idOf, pathPart, queryOf } from './form-fields.ts';
import { agentOf } from './gate.ts';
import { harmlessHtml } from './harmless-html.ts';
import { escapeHtml, html, type Html, trustedHtml } from './html.ts';
import type { KnownMail, MailOnView, MailReader } from './mail-reader.ts';
import { nameOf, theirs } from './names-in-words.ts';
import { notice } from './notices.ts';
import { openRecent } from './recent.ts';
import type { Words } from './words.ts';

/** The customer's mail as they wrote it: its words with the evidence marked, its HTML in a frame of its own, its files. Whatever is in it, nothing runs and nothing is fetched. */

const everyone = { config: { access: { role: 'reader', scope: 'cases:read' } } } as const;
const maxHtmlBytes = 12 * 1024 * 1024;
const maxPictureBytes = 10 * 1024 * 1024;
const maxNoted = 1_000;
const notedMs = 600_000;

export function mailRoutes(app: FastifyInstance, desk: DeskContext, reader: MailReader): void {
  const { database } = desk.store;
  const noted = openRecent(maxNoted, notedMs);
  const find = async (request: FastifyRequest): Promise<{ readonly caseId: number; readonly mail: KnownMail }> => {
    const [caseId, mailId] = [idOf(request), idOf(request, 'mail')];
    const mail = caseId === null || mailId === null ? null : await readCaseMail(database, caseId, mailId);
    if (caseId === null || mail === null) throw new NotFoundError('There is no such mail.');
    return { caseId, mail };
  };

  app.get('/cases/:id/mails/:mail/frame', everyone, async (request, reply) => {
    const { caseId, mail } = await find(request);
    const withRemotePictures = queryOf(request, 'pictures') === 'remote';
    await noteAccess(database, request, 'mail.opened', caseId, { mail: mail.id, ...(withRemotePictures ? { remotePictures: true } : {}) });
    const fetched = await reader.fetchSource(mail);
    if (fetched === null) throw new NotFoundError('The mail is no longer in the mailbox.');
    return sendFrame(reply, framedMail(fetched, withRemotePictures, request), withRemotePictures);
  });

  app.get('/cases/:id/mails/:mail/files/:place', everyone, async (request, reply) => {
    const { caseId, mail } = await find(request);
    const view = await reader.read(mail);
    const place = /^\d{1,4}$/.test(pathPart(request, 'place')) ? Number(pathPart(request, 'place')) : -1;
    const attachment = view.kind === 'read' ? view.message.attachments[place] : undefined;
    if (view.kind !== 'read' || attachment === undefined) throw new NotFoundError('There is no such file.');
    // A player asks for many parts of a video while somebody looks at it once.
    const isAgain = request.headers.range !== undefined && noted.has(`${String(agentOf(request).userId)} ${String(mail.id)} ${String(place)}`);
    if (!isAgain) await noteAccess(database, request, 'attachment.opened', caseId, { mail: mail.id, place });
    noted.add(`${String(agentOf(request).userId)} ${String(mail.id)} ${String(place)}`);
    const opened = await view.mailbox.openFile(view.uid, place);
    if (opened === null) throw new NotFoundError('The file is no longer in the mailbox.');
    return await sendFile(reply, attachment, opened, { isDownload: queryOf(request, 'download') !== '', etag: `"${String(mail.id)}-${String(place)}"` });
  });
}

function framedMail({ source, partBytes }: FetchedMail, withRemotePictures: boolean, request: FastifyRequest): Html {
  const { say } = request.words;
  const body = readHtmlBody(source, partBytes, { maxHtmlBytes, maxPictureBytes });
  if (body === null) return html`<p>${say('case.mailEmpty')}</p>`;
  const pieces = body.pieces.map(({ kind, text }) => {
    if (kind === 'text') return html`<pre>${hideCardNumbers(text)}</pre>`;
    try {
      return trustedHtml(harmlessHtml(text, { withRemotePictures, pictureOf: body.pictureOf, maxPictureBytes }));
    } catch (error) {
      if (error instanceof RangeError) return html`<p>${say('case.mailTooDeep')}</p>`;
      throw error;
    }
  });
  return html`<div class="mail" dir="auto">${pieces}</div>`;
}

// Mails are written for white paper, whatever the desk looks like.
const frameStyle = `html{color-scheme:light;background:#fff}body{margin:0;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:#1a2130;background:#fff;overflow-wrap:anywhere}
img{max-width:100%;height:auto}.kept-out{display:inline-block;min-width:2rem;min-height:1.2rem;border:1px dashed #7d8798;color:#535d70;font-size:.8rem;padding:0 .3rem}
table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin-inline:.5rem;padding-inline-start:.75rem;border-inline-start:3px solid #dde1e8}a{color:#2457a6}
.mail{contain:paint}`;

/** In an origin of its own, without scripts, forms and requests: what the sanitiser might let through finds nothing that would carry it out. */
function sendFrame(reply: FastifyReply, content: Html, withRemotePictures: boolean): FastifyReply {
  reply.raw.removeHeader('x-frame-options');
  const pictures = withRemotePictures ? 'data: https: http:' : 'data:';
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', `default-src 'none'; img-src ${pictures}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`)
    .header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    .send(`<!doctype html><html lang="${escapeHtml(reply.request.words.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${escapeHtml(reply.request.words.say('case.frame'))}</title><style>${frameStyle}</style></head><body>${content.toString()}</body></html>`);
}

const shownPictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const shownVideos: ReadonlySet<string> = new Set(['video/mp4', 'video/webm', 'video/quicktime']);
const pdf = 'application/pdf';

function isShown(attachment: Attachment): boolean {
  return !attachment.flags.includes('dangerous') && (shownPictures.has(attachment.type) || shownVideos.has(attachment.type) || attachment.type === pdf);
}

/** What a browser shows without running anything is shown; all else is only ever saved. */
async function sendFile(reply: FastifyReply, attachment: Attachment, opened: OpenedContent, { isDownload, etag }: { readonly isDownload: boolean; readonly etag: string }): Promise<FastifyReply> {
  const { content, bytes, part } = await partOf(reply, attachment, opened, etag);
  const isInline = isShown(attachment) && !isDownload;
  const name = (attachment.filename ?? 'file').replaceAll(/[\p{Cc}\p{Cf}"\\/]/gu, '_');
  // A browser's PDF viewer does not start in a sandbox; it has one of its own.
  const sandbox = attachment.type === pdf ? `object-src 'self'; plugin-types application/pdf` : 'sandbox';
  return await reply
    .type(isInline ? attachment.type : 'application/octet-stream')
    .header('content-disposition', `${isInline ? 'inline' : 'attachment'}; filename="${name.replaceAll(/[^ -~]/gu, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`)
    .header('content-security-policy', `default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; ${sandbox}`)
    .header('x-content-type-options', 'nosniff').header('cache-control', 'private, no-store').header('etag', etag)
    .headers(part ?? {}).headers(bytes === null ? {} : { 'content-length': bytes })
    .send(Readable.from(content));
}

interface SentPart {
  readonly content: AsyncIterable<Buffer>;
  /** Null where only the end tells. */
  readonly bytes: number | null;
  readonly part: Readonly<Record<string, string>> | null;
}

/** The part that was asked for, where it can be had alone: a player that seeks need not wait for what it skips. */
async function partOf(reply: FastifyReply, { type }: Attachment, opened: OpenedContent, etag: string): Promise<SentPart> {
  const { range, 'if-range': ifRange } = reply.request.headers;
  const stretches = range === undefined && !shownVideos.has(type) ? null : ((await opened.stretches?.()) ?? null);
  if (stretches === null) return { content: opened.content, bytes: null, part: null };
  const { bytes } = stretches;
  const asked = readRange(range, typeof ifRange === 'string' ? ifRange : undefined, etag, bytes);
  switch (asked.kind) {
    // Without a length: should its lines turn out uneven after all, it is whole nevertheless.
    case 'whole': return { content: opened.content, bytes: null, part: { 'accept-ranges': 'bytes' } };
    case 'part':
      reply.code(206);
      return { content: stretches.read(asked.start, asked.end), bytes: asked.end - asked.start, part: { 'accept-ranges': 'bytes', 'content-range': `bytes ${String(asked.start)}-${String(asked.end - 1)}/${String(bytes)}` } };
    case 'beyond':
      reply.code(416);
      return { content: Readable.from([]), bytes: 0, part: { 'accept-ranges': 'bytes', 'content-range': `bytes */${String(bytes)}` } };
    default: return asked satisfies never;
  }
}

export interface ShownMail {
  readonly markup: Html;
  /** Facts whose words stand in it. */
  readonly found: readonly string[];
}

/** From here on its words may have to be scrolled, by keyboard as well. */
const longMailChars = 600;

/** The mail's words; or why they cannot be shown. */
export function mailWords(caseId: number, mail: CaseMail, view: MailOnView, evidence: readonly Evidence[], words: Words): ShownMail {
  const { say } = words;
  if (view.kind === 'gone') return { markup: notice('caution', say('case.mailGone')), found: [] };
  if (view.kind === 'unavailable') return { markup: notice('caution', html`<p>${say('case.mailUnavailable')}</p>${failureNote({ code: view.code, detail: null }, words)}`), found: [] };
  if (view.message.encrypted) return { markup: notice('caution', say('case.mailEncrypted')), found: [] };
  const found = new Set<string>();
  const parts = view.message.segments.map((segment) => segmentMarkup(segment, mail, evidence, found, words));
  const base = `/cases/${String(caseId)}/mails/${String(mail.id)}`;
  const frame = `mail-${String(mail.id)}`;
  return {
    found: [...found],
    markup: html`<div class="mail-words"${view.message.segments.reduce((chars, { text }) => chars + text.length, 0) > longMailChars && html` tabindex="0" role="region" aria-label="${say('case.mail')}"`}>${parts.length === 0 ? html`<p class="muted">${say('case.mailEmpty')}</p>` : parts}</div>
<details class="as-sent"><summary>${say('case.asHtml')}</summary>
${view.hasRemotePictures && html`<p class="muted">${say('case.remotePictures')} <a href="${base}/frame?pictures=remote" target="${frame}">${say('case.showPictures')}</a></p>`}
<iframe class="mail-frame" name="${frame}" src="${base}/frame" title="${say('case.frame')}" sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" referrerpolicy="no-referrer"></iframe></details>
${attachmentList(view.message, base, words)}`,
  };
}

function segmentMarkup({ kind, text, question }: Segment, mail: CaseMail, evidence: readonly Evidence[], found: Set<string>, words: Words): Html {
  const { say } = words;
  const hidden = hideCardNumbers(text);
  if (kind !== 'own' && kind !== 'forward') return html`<details class="aside"><summary>${say(`case.aside.${kind}`)}</summary><div class="words" dir="auto">${hidden.replaceAll(/[\u202d\u202e]/gu, '')}</div></details>`;
  const marked = markEvidence(hidden, evidence, mail.id, (name) => nameOf(words, 'fact', name), found);
  for (const name of marked.found) found.add(name);
  return html`${kind === 'forward' && html`<p class="muted">${say('case.forward')}</p>`}${question !== null && html`<p class="question">${say('case.answers', { question: hideCardNumbers(question).slice(0, 300) })}</p>`}<div class="words${kind === 'forward' && ' forward'}" dir="auto">${marked.markup}</div>`;
}

function attachmentList({ attachments }: Message, base: string, words: Words): Html | null {
  const { say } = words;
  if (attachments.length === 0) return null;
  return html`<h3>${say('case.attachments')}</h3><ul class="files">
${attachments.map((attachment, place) => {
    const { filename, type, bytes, flags } = attachment;
    const url = `${base}/files/${String(place)}`;
    const name = filename ?? type;
    const isDangerous = flags.includes('dangerous');
    const preview = !isShown(attachment) ? null
      : shownPictures.has(type) ? html`<a href="${url}" target="_blank" rel="noopener"><img src="${url}" alt="${name}" loading="lazy"></a>`
      : shownVideos.has(type) ? html`<video src="${url}" controls preload="none"${attribute('aria-label', name)}></video>` : null;
    return html`<li>${preview}<div class="file-name">${isShown(attachment) ? html`<a href="${url}" target="_blank" rel="noopener">${theirs(name)}</a>` : theirs(name)} <span class="muted nowrap">${sizeOf(bytes, words)}</span>
${(isDangerous || flags.includes('type_mismatch')) && chips([chip(say('case.dangerous'), 'bad')])} <a class="muted" href="${url}?download=1" download>${say('case.download')}<span class="visually-hidden"> ${name}</span></a></div></li>
`;
  })}</ul>`;
}

function sizeOf(bytes: number, { language }: Words): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, bytes / 1_000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
