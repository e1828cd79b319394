/**
 * What of an element's style decides whether a reader sees its text. Hidden text is where instructions to programs are smuggled, and where newsletters
 * keep the line that inboxes show as a preview.
 */
export interface Visibility {
  /** Cannot be undone further in: `display: none`, no opacity, no height. */
  readonly gone: boolean;
  /** `visibility`, inherited and undone further in. */
  readonly invisible: boolean;
  /** In px; inherited. */
  readonly fontPx: number;
  /** `[red, green, blue]`, inherited; null where it is not known. */
  readonly color: Rgb | null;
  readonly background: Rgb | null;
  readonly preformatted: boolean;
}

type Rgb = readonly [number, number, number];

/** Declarations by lower-case property. */
export type Style = ReadonlyMap<string, string>;

const white: Rgb = [255, 255, 255];
export const pageVisibility: Visibility = { gone: false, invisible: false, fontPx: 16, color: null, background: white, preformatted: false };

const maxStyleChars = 4000;
const decisive = /display|visib|font|color|background|opacity|height|width|hide|left|top|indent|white-space|border|clip|bidi/i;

export function parseStyle(text: string): Style {
  const style = new Map<string, string>();
  if (!decisive.test(text)) return style;
  for (const declaration of text.slice(0, maxStyleChars).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).trim().toLowerCase();
    style.set(declaration.slice(0, colon).trim().toLowerCase(), value.endsWith('!important') ? value.slice(0, -'!important'.length).trimEnd() : value);
  }
  return style;
}

const namedColors: Readonly<Record<string, Rgb>> = {
  white, black: [0, 0, 0], red: [255, 0, 0], green: [0, 128, 0], blue: [0, 0, 255], gray: [128, 128, 128], grey: [128, 128, 128], silver: [192, 192, 192],
  snow: [255, 250, 250], ivory: [255, 255, 240], whitesmoke: [245, 245, 245], ghostwhite: [248, 248, 255], floralwhite: [255, 250, 240],
  yellow: [255, 255, 0], navy: [0, 0, 128], window: white, windowtext: [0, 0, 0],
};

/** `transparent` for text or backgrounds that let everything through; null for what is not understood. */
function parseColor(text: string): Rgb | 'transparent' | null {
  const value = text.trim().toLowerCase();
  if (value === 'transparent') return 'transparent';
  const named = namedColors[value];
  if (named !== undefined) return named;
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(value)?.[1];
  if (hex !== undefined) {
    if (hex.length === 8 && hex.endsWith('00')) return 'transparent';
    const step = hex.length === 3 ? 1 : 2;
    const channel = (i: number): number => {
      const digits = hex.slice(i * step, i * step + step);
      return Number.parseInt(step === 1 ? digits + digits : digits, 16);
    };
    return [channel(0), channel(1), channel(2)];
  }
  const numbers = /^rgba?\(([^)]{1,60})\)$/.exec(value)?.[1]?.split(/[\s,/]+/).map((part) => (part.endsWith('%') ? Number.parseFloat(part) * 2.55 : Number.parseFloat(part)));
  if (numbers === undefined || numbers.length < 3 || numbers.some(Number.isNaN)) return null;
  if (numbers.length > 3 && (numbers[3] ?? 1) <= 0.05) return 'transparent';
  return [numbers[0]!, numbers[1]!, numbers[2]!];
}

const pxPerUnit: Readonly<Record<string, number>> = { px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 37.8, mm: 3.78, rem: 16, '': 1 };

/** A CSS length in px; `em` and `%` are of `basePx`. Null for `auto` and the like. */
function lengthPx(text: string | undefined, basePx: number): number | null {
  // A longer one is made up, to be cut into two numbers in thousands of ways.
  const match = text === undefined || text.length > 40 ? null : /^(-?(?:\d+\.?\d*|\.\d+))\s*(px|pt|pc|in|cm|mm|rem|em|%|)$/.exec(text);
  if (match === null) return null;
  const amount = Number(match[1]);
  const unit = match[2]!;
  if (unit === 'em') return amount * basePx;
  if (unit === '%') return (amount / 100) * basePx;
  return amount * (pxPerUnit[unit] ?? 1);
}

function isGone(style: Style, fontPx: number): boolean {
  if (style.get('display') === 'none' || style.get('mso-hide') === 'all') return true;
  // Shown from right to left by force, numbers read other than they are stored.
  if (/override/.test(style.get('unicode-bidi') ?? '') && style.get('direction') === 'rtl') return true;
  const opacity = style.get('opacity');
  if (opacity !== undefined && Number.parseFloat(opacity) <= 0.05) return true;
  const clips = style.get('overflow') === 'hidden' || style.get('overflow-y') === 'hidden' || style.get('overflow-x') === 'hidden';
  if (clips && ['height', 'max-height', 'width', 'max-width'].some((side) => (lengthPx(style.get(side), fontPx) ?? 99) <= 1)) return true;
  if (/^(?:absolute|fixed)$/.test(style.get('position') ?? '')) {
    if (['left', 'top', 'right'].some((side) => (lengthPx(style.get(side), fontPx) ?? 0) <= -900)) return true;
    if (isNothing(style.get('clip') ?? '')) return true;
  }
  return (lengthPx(style.get('text-indent'), fontPx) ?? 0) <= -900;
}

/** `rect(0 0 0 0)`, `rect(1px, 1px, 1px, 1px)`. In one pattern its blanks could be shared out in more ways than there is time for. */
function isNothing(clip: string): boolean {
  if (!clip.startsWith('rect(') || !clip.endsWith(')')) return false;
  const sides = clip.slice('rect('.length, -1).trim().split(/[\s,]+/);
  return sides.length === 4 && sides.every((side) => /^[01]?(?:px)?$/.test(side));
}

/** Elements that look different without any style of their own. */
const stylingTags = new Set(['a', 'font', 'pre', 'body', 'bdo']);

/** The visibility within an element, given the one around it. */
export function within(outer: Visibility, style: Style, attributes: Readonly<Record<string, string>>, tag: string): Visibility {
  if (style.size === 0 && attributes['hidden'] === undefined && attributes['bgcolor'] === undefined && !stylingTags.has(tag)) return outer;
  const sized = style.get('font-size') ?? /(?:^|\s)(\d+(?:\.\d+)?(?:px|pt|em|%))(?:\/|\s)/.exec(style.get('font') ?? '')?.[1];
  const fontPx = lengthPx(sized, outer.fontPx) ?? (sized === undefined ? outer.fontPx : 16);
  const colorText = style.get('color') ?? (tag === 'font' ? attributes['color'] : tag === 'body' ? attributes['text'] : undefined);
  const backgroundText = style.get('background-color') ?? style.get('background') ?? attributes['bgcolor'];
  let background = outer.background;
  if (backgroundText !== undefined) {
    const parsed = parseColor(backgroundText) ?? parseColor(backgroundText.split(/\s+/)[0] ?? '');
    // A picture or gradient in the background: nobody knows how the text stands out from it.
    background = parsed === 'transparent' || backgroundText === 'none' || backgroundText === 'inherit' ? outer.background : parsed;
  }
  // A link is blue unless it is told otherwise, whatever the colour of the text around it.
  const inherited = tag === 'a' && attributes['href'] !== undefined ? null : outer.color;
  const parsedColor = colorText === undefined ? inherited : parseColor(colorText);
  const visibility = style.get('visibility');
  const whiteSpace = style.get('white-space');
  return {
    gone: outer.gone || isGone(style, fontPx) || attributes['hidden'] !== undefined || parsedColor === 'transparent' || (tag === 'bdo' && attributes['dir']?.toLowerCase() === 'rtl'),
    invisible: visibility === undefined ? outer.invisible : visibility === 'hidden' || visibility === 'collapse',
    fontPx,
    color: parsedColor === 'transparent' ? outer.color : parsedColor,
    background,
    preformatted: whiteSpace === undefined ? outer.preformatted || tag === 'pre' : /^(?:pre|pre-wrap|pre-line|break-spaces)$/.test(whiteSpace),
  };
}

export function isHidden(visibility: Visibility): boolean {
  if (visibility.gone || visibility.invisible || visibility.fontPx <= 2) return true;
  const { color, background } = visibility;
  if (color === null || background === null) return false;
  return color.every((channel, i) => Math.abs(channel - (background[i] ?? 0)) <= 12);
}
