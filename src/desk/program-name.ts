import { parse } from 'bowser';

/** What a person would call the program with this User-Agent: `Firefox, Windows`. */
export function programName(userAgent: string): string {
  if (userAgent === '') return '–';
  const { browser, os } = parse(userAgent);
  const names = [browser.name, os.name].filter((name): name is string => name !== undefined && name !== '');
  return names.length > 0 ? names.join(', ') : userAgent.slice(0, 40);
}
