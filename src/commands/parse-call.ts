import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { didYouMean } from '../nearest-name.ts';
import { UsageError, type Command } from './command.ts';

export const helpOption = { help: { type: 'boolean', short: 'h' } } as const satisfies ParseArgsOptionsConfig;

export interface ParsedCall {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Reads a command's own arguments. Throws `UsageError` that names the nearest known option. */
export function parseCall(command: Command, args: readonly string[]): ParsedCall {
  const options: ParseArgsOptionsConfig = { ...command.options, ...helpOption };
  const known = Object.keys(options);
  const { values, positionals, tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw new UsageError(unknownOption(token.rawName, known));
    if (option.type === 'string' && (token.value === undefined || (!token.inlineValue && token.value.startsWith('-')))) {
      throw new UsageError(`${token.rawName} needs a value.`);
    }
    if (option.type === 'boolean' && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value.`);
  }
  if (values['help'] !== true) checkCount(command, positionals);
  const flat: Record<string, string | boolean | undefined> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!Array.isArray(value)) flat[name] = value;
  }
  return { values: flat, positionals };
}

export function unknownOption(rawName: string, known: readonly string[]): string {
  const nearest = didYouMean(rawName.replace(/^-+/, ''), known).replace('"', '"--');
  return `Unknown option ${rawName}.${nearest}`;
}

function checkCount(command: Command, positionals: readonly string[]): void {
  const { min, max, what } = command.positionals;
  if (positionals.length < min) throw new UsageError(`${command.name} needs ${what}.`);
  if (positionals.length > max) throw new UsageError(`${command.name} does not take "${positionals[max] ?? ''}".`);
}
