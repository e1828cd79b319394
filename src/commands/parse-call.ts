import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { didYouMean } from '../nearest-name.ts';
import { UsageError, type Command } from './command.ts';

export const helpOption = { help: { type: 'boolean', short: 'h' } } as const satisfies ParseArgsOptionsConfig;

export interface ParsedCall {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Reads a command's own arguments. Throws `UsageError` that names the nearest known option. */
export function parseCall(name: string, command: Pick<Command, 'options' | 'positionals'>, args: readonly string[]): ParsedCall {
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
  if (values['help'] !== true) checkCount(name, command.positionals, positionals);
  const flat: Record<string, string | boolean | undefined> = {};
  for (const [option, value] of Object.entries(values)) {
    if (!Array.isArray(value)) flat[option] = value;
  }
  return { values: flat, positionals };
}

export function unknownOption(rawName: string, known: readonly string[]): string {
  const nearest = didYouMean(rawName.replace(/^-+/, ''), known).replace('"', '"--');
  return `Unknown option ${rawName}.${nearest}`;
}

function checkCount(name: string, { min, max, what }: Command['positionals'], positionals: readonly string[]): void {
  if (positionals.length < min) throw new UsageError(`${name} needs ${what}.`);
  if (positionals.length > max) throw new UsageError(`${name} does not take "${positionals[max] ?? ''}".`);
}
