import type { Environment } from '../config-environment.ts';

/**
 * Whether to colour what is written: on a terminal, unless NO_COLOR (no-color.org) is set; FORCE_COLOR (force-color.org) beats both.
 */
export function wantsColours(stream: { readonly isTTY?: boolean }, environment: Environment): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/** SGR parameters (ECMA-48, 8.3.117): one for each kind of thing that is told apart. */
export const styles = {
  bold: '1', dim: '2', underline: '4',
  red: '31', green: '32', yellow: '33', blue: '34', magenta: '35', cyan: '36',
  brightRed: '91', brightGreen: '92', brightYellow: '93', brightBlue: '94', brightMagenta: '95', brightCyan: '96',
} as const;
export type Style = keyof typeof styles;

export type Paint = (text: string, ...with_: readonly Style[]) => string;

/** Sets text in styles; without colours the text stays as it is. */
export function painter(colours: boolean): Paint {
  return (text, ...chosen) => (colours && text !== '' && chosen.length > 0 ? `\u001b[${chosen.map((style) => styles[style]).join(';')}m${text}\u001b[0m` : text);
}
