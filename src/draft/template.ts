import { Liquid, type Template as LiquidTemplate } from 'liquidjs';
import { didYouMean } from '../nearest-name.ts';
import { localeFormat } from './locale-format.ts';
import { TrustedMarkdown, escapeMarkdown } from './markdown.ts';
import { TemplateError } from './template-error.ts';
import { merchantFields } from './template-variables.ts';

/** A reply or a phrase, compiled and checked: it cannot fail on a name when a mail is answered. */
export interface Template {
  /** The variables it uses, `merchant.name` as `merchant`. */
  readonly variables: ReadonlySet<string>;
  readonly place: TemplatePlace;
  /** What Liquid made of it, for the checks of packs; empty where it is words alone. */
  readonly parsed: readonly LiquidTemplate[];
  /** Markdown in which every value is escaped. */
  render(values: object): string;
  /** The same as plain text, values as they are: for a subject or a line that no Markdown renderer sees. */
  renderPlain(values: object): string;
}

export interface TemplatePlace {
  readonly file: string;
  /** The line of the file on which the source starts, 1-based. */
  readonly line: number;
}

/** Names a template may use, and the merchant's own phrases under `texts`. */
export interface TemplateNames {
  readonly variables: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
}

const filterNames = ['money', 'date', 'list', 'plural', 'default', 'size', 'first', 'last', 'capitalize', 'downcase'];
/** No `include`, `render` and `layout` (they read files), no `raw` (it would hide braces from the checks). */
const tagNames = ['if', 'unless', 'case', 'for', 'assign', 'comment', '#', 'break', 'continue'];

/** A source as Liquid parsed it, and the names it uses. */
interface ParsedSource {
  readonly parsed: LiquidTemplate[];
  readonly uses: readonly { readonly path: readonly (string | null)[]; readonly row: number }[];
}

const engines = new Map<string, TemplateEngine>();
/** Far more than the packs' replies and phrases of one language. */
const maxKnownSources = 5_000;

/** The engine of a language. */
export function templateEngine(language: string): TemplateEngine {
  let engine = engines.get(language);
  if (engine === undefined) engines.set(language, (engine = new TemplateEngine(language)));
  return engine;
}

/** One engine a language: its filters write in that language. */
export class TemplateEngine {
  readonly language: string;
  private readonly liquid: Liquid;
  private readonly plain: Liquid;
  /** What the packs have in common is parsed for the first of them. */
  private readonly known = new Map<string, ParsedSource>();

  constructor(language: string) {
    this.language = language;
    this.liquid = makeLiquid(language, escapeMarkdown);
    this.plain = makeLiquid(language, (value) => value);
  }

  /** Syntax, an unknown tag, filter or variable: each is added to `faults`, and the template with one must not be rendered. */
  compile(source: string, place: TemplatePlace, names: TemplateNames, faults: TemplateError[]): Template {
    // Most phrases are plain words; to parse them would take most of the time in which a pack is loaded.
    if (!/\{[{%]/u.test(source)) return wordsAlone(source, place);
    let known: ParsedSource;
    try {
      known = this.parse(source);
    } catch (error) {
      faults.push(templateErrorOf(error, place));
      return wordsAlone('', place);
    }
    const { parsed, uses } = known;
    const variables = new Set<string>();
    for (const { path, row } of uses) {
      const fault = variableFault(path, place, row, names);
      if (fault !== null) faults.push(fault);
      variables.add(String(path[0]));
    }
    const { liquid, plain } = this;
    let parsedPlain: LiquidTemplate[] | null = null;
    return {
      variables, place, parsed,
      render: (values) => String(liquid.renderSync(parsed, values)).trim(),
      // Few phrases are ever put plainly: each template parsed twice would double the time it takes to load a pack.
      renderPlain: (values) => String(plain.renderSync((parsedPlain ??= plain.parse(source)), values)).trim(),
    };
  }

  private parse(source: string): ParsedSource {
    const known = this.known.get(source);
    if (known !== undefined) return known;
    const parsed = this.liquid.parse(source);
    const uses = Object.values(this.liquid.analyzeSync(parsed, { partials: false }).globals).flat()
      .map(({ segments, location }) => ({ path: segments.map((segment) => (typeof segment === 'object' ? null : String(segment))), row: location.row }));
    if (this.known.size >= maxKnownSources) this.known.clear();
    this.known.set(source, { parsed, uses });
    return { parsed, uses };
  }
}

function wordsAlone(source: string, place: TemplatePlace): Template {
  return { variables: new Set(), place, parsed: [], render: () => source.trim(), renderPlain: () => source.trim() };
}

function makeLiquid(language: string, escape: (value: string) => string): Liquid {
  const format = localeFormat(language);
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    greedy: false,
    // No template can name a file, whatever tag a later version of Liquid brings.
    templates: {},
    outputEscape: (value: unknown) => (value instanceof TrustedMarkdown ? value.source : escape(textOf(value))),
  });
  for (const name of Object.keys(liquid.filters)) if (!filterNames.includes(name)) delete liquid.filters[name];
  for (const name of Object.keys(liquid.tags)) if (!tagNames.includes(name)) delete liquid.tags[name];
  liquid.registerFilter('money', (value: unknown) => format.money(textOf(value)));
  liquid.registerFilter('date', (value: unknown) => format.date(textOf(value)));
  liquid.registerFilter('list', (value: unknown) => format.list(Array.isArray(value) ? value.map(textOf) : [textOf(value)]));
  // {{ hours | plural: one: 'hour', other: 'hours' }}: Liquid hands named arguments over as pairs.
  liquid.registerFilter('plural', (value: unknown, ...forms: unknown[]) => {
    const named = new Map(forms.filter((form): form is [string, string] => Array.isArray(form)));
    return named.get(format.pluralCategory(Number(value))) ?? named.get('other') ?? '';
  });
  return liquid;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function variableFault(path: readonly (string | null)[], place: TemplatePlace, row: number, names: TemplateNames): TemplateError | null {
  const [root, field] = path;
  const line = place.line + row - 1;
  if (root === undefined || root === null || !names.variables.has(root)) return unknownName('variable', String(root), names.variables, place, line);
  const fields = root === 'merchant' ? merchantFields : root === 'texts' ? [...names.texts] : null;
  if (fields === null || fields.some((known) => known === field)) return null;
  return unknownName('variable', `${root}.${field ?? ''}`, fields.map((name) => `${root}.${name}`), place, line);
}

function unknownName(kind: string, name: string, known: Iterable<string>, place: TemplatePlace, line: number): TemplateError {
  return new TemplateError(`unknown ${kind} "${name}".${didYouMean(name, known)}`, place.file, line);
}

function templateErrorOf(error: unknown, place: TemplatePlace): TemplateError {
  const message = error instanceof Error ? error.message : String(error);
  const row = Number(/\bline:(\d+)/u.exec(message)?.[1] ?? 1);
  const problem = message.split('\n', 1)[0]?.replace(/,? ?(file:[^,]*, )?line:\d+, col:\d+/u, '') ?? message;
  const filter = /undefined filter: ([\w-]+)/u.exec(problem)?.[1];
  if (filter !== undefined) return unknownName('filter', filter, filterNames, place, place.line + row - 1);
  const tag = /tag "([\w#-]+)" not found/u.exec(problem)?.[1];
  if (tag !== undefined) return unknownName('tag', tag, tagNames, place, place.line + row - 1);
  return new TemplateError(problem, place.file, place.line + row - 1, { cause: error });
}
