import type { LineMark } from './text-lines.ts';
import type { Style } from './html-visibility.ts';

/** What an element of a mail program's markup says about the text within it. */
export interface Landmark {
  readonly quotes: boolean;
  readonly mark: LineMark | null;
}

const none: Landmark = { quotes: false, mark: null };
const quote: Landmark = { quotes: true, mark: null };

// Yahoo, Proton, Tuta, Zoho, NetEase, Outlook 2011 for Mac, Roundcube.
const quoteClasses = /(?:^|\s)(?:yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|ydp[a-z0-9]*yahoo_quoted|mailQuote)(?:\s|$)/i;
const quoteIds = /^(?:x_)?(?:isReplyContent|OLK_SRC_BODY_SECTION|yahoo_quoted_\w+)$/i;
// Gmail, Thunderbird, Evolution.
const attributionClasses = /(?:^|\s)(?:gmail_attr|moz-cite-prefix|-x-evo-attribution)(?:\s|$)/i;
// Outlook on the web, for phones, for Mac; Roundcube.
const headerIds = /^(?:x_)*(?:divRplyFwdMsg|reply-intro|mail-editor-reference-message-container|ms-outlook-mobile-body-separator-line)$/i;
const headerClasses = /(?:^|\s)(?:OutlookMessageHeader)(?:\s|$)/i;
const signatureClasses =
  /(?:^|\s)(?:gmail_signature|gmail_signature_prefix|moz-signature|protonmail_signature_block(?:-\w+)?|ymail_signature|-x-evo-signature|ms-outlook-(?:mobile|ios)-signature|x_?signature)(?:\s|$)/i;
const signatureIds = /^(?:x_)*(?:signature|ms-outlook-mobile-signature|AppleMailSignature|composer_signature|lineBreakAtBeginningOfSignature|ymail_android_signature|bloop_sign_\w+|protonmail_\w*signature\w*)$/i;

function hasLeftRule(style: Style): boolean {
  const border = style.get('border-left') ?? style.get('border-left-width') ?? style.get('border-left-style');
  return border !== undefined && !/none|^0/.test(border);
}

/** Outlook draws a thin grey rule above the header block of the mail it answers. */
function isOutlookSeparator(style: Style): boolean {
  return /solid\s+#?(?:e1e1e1|b5c4df)/i.test(style.get('border-top') ?? '') && /^3(?:\.0)?pt/.test(style.get('padding') ?? style.get('padding-top') ?? '');
}

export function landmarkOf(tag: string, attributes: Readonly<Record<string, string>>, style: Style): Landmark {
  const classes = attributes['class'] ?? '';
  const id = attributes['id'] ?? '';
  if (tag === 'blockquote') {
    if (attributes['type'] === 'cite' || attributes['cite'] !== undefined || /quote|cite|zmail/i.test(classes) || /quote|reply/i.test(id) || hasLeftRule(style)) return quote;
    // Gmail's "indent more" is a blockquote too.
    return /^none|^0/.test(style.get('border') ?? '') && style.get('margin') !== undefined ? none : { quotes: false, mark: 'indented' };
  }
  if (classes !== '') {
    if (attributionClasses.test(classes)) return { quotes: false, mark: 'attribution' };
    if (classes.includes('moz-forward-container')) return { quotes: false, mark: 'forward' };
    if (quoteClasses.test(classes)) return quote;
    if (headerClasses.test(classes)) return { quotes: false, mark: 'header' };
    if (signatureClasses.test(classes)) return { quotes: false, mark: 'signature' };
  }
  if (id !== '') {
    if (headerIds.test(id)) return { quotes: false, mark: 'header' };
    if (quoteIds.test(id)) return quote;
    if (signatureIds.test(id)) return { quotes: false, mark: 'signature' };
  }
  if (attributes['data-smartmail'] === 'gmail_signature') return { quotes: false, mark: 'signature' };
  if (tag === 'div' && isOutlookSeparator(style)) return { quotes: false, mark: 'header' };
  return none;
}
