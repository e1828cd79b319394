import { LineCounter, isMap, isScalar, isSeq, parseDocument, visit, type Document, type ErrorCode } from 'yaml';
import { z } from 'zod';
import { didYouMean } from './nearest-name.ts';

/** What is wrong with one place of a YAML file. Never quotes a value: it may be a secret. */
export interface YamlProblem {
  /** From 1; 0 where the problem is in no line of the file. */
  readonly line: number;
  readonly column: number;
  /** Empty for the file as a whole. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export interface YamlSource {
  /** Plain objects, arrays and scalars; null for an empty file. */
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** Where a path stands in the file: the key where there is one, else the nearest place above. */
  readonly locate: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number };
}

/** Parses YAML 1.2 (aliases bounded, keys unique), keeping the lines. Does not throw. */
export function parseYaml(source: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problem = (offset: number, message: string): YamlProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path: [], message };
  };
  // A tag that means nothing is only a warning to the library, and changes the value that follows.
  const problems = [...document.errors, ...document.warnings].map((error) => problem(error.pos[0], syntaxMessage(error.code)));
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) problems.push(problem(rangeStart(alias) ?? 0, syntaxMessage('BAD_ALIAS')));
    },
  });
  const locate = (path: readonly PropertyKey[]) => {
    const offset = offsetOf(document, path);
    if (offset === null) return { line: 0, column: 0 };
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  let value: unknown = null;
  if (problems.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: 100 });
    } catch {
      problems.push(problem(0, 'too many aliases'));
    }
  }
  return { value, problems, locate };
}

/** Says what of `error` stands where; unknown keys come one by one, with the nearest known name. */
export function describeIssues(error: z.ZodError, schema: z.ZodType, value: unknown, locate: YamlSource['locate']): YamlProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(schema, value, issue.path);
      return issue.keys.map((name) => {
        const path = [...issue.path, name];
        return { ...locate(path), path, message: `unknown key.${didYouMean(name, known)}` };
      });
    }
    const message = missing(value, issue.path) ? 'is required' : lowerFirst(issue.message.replace(/^Invalid input: /, ''));
    return [{ ...locate(issue.path), path: issue.path, message }];
  });
}

/** `mailboxes[0].host` */
export function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function missing(value: unknown, path: readonly PropertyKey[]): boolean {
  return path.length > 0 && path.reduce(childOf, value) === undefined;
}

// The library's own messages quote the text around the fault, which may be a password that begins with `*` or `!`.
const syntaxMessages: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  BAD_INDENT: 'wrong indentation',
  TAB_AS_INDENT: 'wrong indentation: a tab',
  BAD_ALIAS: 'a value that begins with * or & must stand in quotes',
  TAG_RESOLVE_FAILED: 'a value that begins with ! must stand in quotes',
  MULTIPLE_DOCS: 'the file must hold one document only',
};

function syntaxMessage(code: ErrorCode): string {
  return syntaxMessages[code] ?? `not valid YAML (${code.toLowerCase().replaceAll('_', ' ')}); a value with special characters must stand in quotes`;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  let node: unknown = document.contents;
  let offset = rangeStart(node);
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (pair === undefined) break;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      offset = rangeStart(node) ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

function rangeStart(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
}

function knownKeys(schema: z.ZodType, value: unknown, path: readonly PropertyKey[]): string[] {
  let candidates = branches(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), value);
  for (const [depth, part] of path.entries()) {
    const below = path.slice(0, depth + 1).reduce(childOf, value);
    candidates = candidates.flatMap((candidate) => {
      const next =
        typeof part === 'number' ? childOf(candidate, 'items') : (childOf(childOf(candidate, 'properties'), part) ?? childOf(candidate, 'additionalProperties'));
      return branches(next, below);
    });
  }
  return candidates.flatMap((candidate) => entriesOf(childOf(candidate, 'properties')).map(([name]) => name));
}

// Of a union told apart by a constant (`type: imap`), only the branch that the value chose.
function branches(schema: unknown, value: unknown): unknown[] {
  const union = childOf(schema, 'oneOf') ?? childOf(schema, 'anyOf');
  if (!Array.isArray(union)) return schema === undefined ? [] : [schema];
  return union
    .filter((branch) =>
      entriesOf(childOf(branch, 'properties')).every(([name, property]) => {
        const constant = childOf(property, 'const');
        return constant === undefined || constant === childOf(value, name);
      }),
    )
    .flatMap((branch) => branches(branch, value));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** What stands under `key` in plain data; undefined where there is nothing. */
export function childOf(node: unknown, key: PropertyKey): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined;
}
