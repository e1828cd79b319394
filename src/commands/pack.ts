import { join, relative, resolve, sep } from 'node:path';
import { bundledTemplatesDir } from '../config.ts';
import { explainPolicy, explainPolicyAsHtml } from '../packs/explain-policy.ts';
import { layOutPack } from '../packs/lay-out-pack.ts';
import { lintPack } from '../packs/lint-pack.ts';
import { readPacks, sharedFolder } from '../packs/load-packs.ts';
import { PackError } from '../packs/pack-error.ts';
import { didYouMean } from '../nearest-name.ts';
import { textOption, UsageError, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { templatesDirOf } from './templates-dir.ts';

export const packCommand: Command = {
  usage: 'new NAME | check [NAME] | explain NAME',
  help: `A pack is a folder with all that is particular to one merchant; templates/README.md teaches writing one.

  new NAME       lays out a folder with a commented policy.yaml, a place for the policy's text, and replies
  check [NAME]   looks through one pack, or all: mistakes, rules that are never reached or cross each other, questions
                 nobody asks, clauses that are not in the text, replies with gaps. One line each: file:line: what.
                 The exit status is 1 where anything was found
  explain NAME   prints the policy as a decision table in plain words, in Markdown

Options:
  --templates DIR     where the packs are; those of the configuration, or those that come with the program, where it is not given
  --languages LIST    new: the languages of the replies beside English, such as fr,pl
  --html              explain: as a page of HTML`,
  options: { templates: { type: 'string' }, languages: { type: 'string' }, html: { type: 'boolean' } },
  positionals: { min: 1, max: 2, what: 'new, check or explain' },
  run,
};

const actions: Readonly<Record<string, { readonly options: readonly string[]; readonly needsName: boolean; readonly act: (name: string, call: Call) => Promise<ExitStatus> }>> = {
  new: { options: ['templates', 'languages'], needsName: true, act: makeNew },
  check: { options: ['templates'], needsName: false, act: check },
  explain: { options: ['templates', 'html'], needsName: true, act: explain },
};

async function run(call: Call): Promise<ExitStatus> {
  const [word = '', name] = call.positionals;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (action === undefined) throw new UsageError(`pack knows no "${word}".${didYouMean(word, Object.keys(actions))}`);
  const stray = Object.keys(call.values).find((option) => !action.options.includes(option));
  if (stray !== undefined) throw new UsageError(`pack ${word} takes no --${stray}.`);
  if (name === undefined && action.needsName) throw new UsageError(`pack ${word} needs the name of a pack.`);
  return await action.act(name ?? '', call);
}

async function check(name: string, call: Call): Promise<ExitStatus> {
  const dir = await templatesDirOf(call);
  const { packs, names, problems } = await readPacks(dir);
  if (name !== '' && !names.includes(name)) throw unknownPack(name, dir, names);
  const wanted = packs.filter((pack) => name === '' || pack.name === name);
  const own = problems.filter(({ file }) => name === '' || concerns(file, name, dir));
  const findings = (await Promise.all(wanted.map((pack) => lintPack(pack, join(dir, pack.name))))).flat();
  const lines = [
    ...own.map((problem) => ({ ...problem, lint: 'mistake' })),
    ...findings.filter(({ file, line, message }) => !own.some((problem) => problem.file === file && problem.line === line && problem.message === message)),
  ].map(({ file, line, lint, key, message }) => `${[shown(file), line].filter((part) => part !== null).join(':')}: ${lint}: ${key === '' || lint !== 'mistake' ? '' : `${key}: `}${message}\n`);
  for (const line of lines) await writeOut(call.stdout, line);
  if (lines.length > 0) {
    await writeOut(call.stderr, `\n${lines.length} ${lines.length === 1 ? 'finding' : 'findings'}\n`);
    return 1;
  }
  await writeOut(call.stdout, `${wanted.map((pack) => pack.name).join(', ')}: nothing to mend\n`);
  return 0;
}

async function explain(name: string, call: Call): Promise<ExitStatus> {
  const dir = await templatesDirOf(call);
  const { packs, names, problems } = await readPacks(dir);
  if (!names.includes(name)) throw unknownPack(name, dir, names);
  const pack = packs.find((each) => each.name === name);
  if (pack === undefined) throw new PackError(problems.filter(({ file }) => concerns(file, name, dir)));
  await writeOut(call.stdout, call.values['html'] === true ? explainPolicyAsHtml(pack) : explainPolicy(pack));
  return 0;
}

async function makeNew(name: string, call: Call): Promise<ExitStatus> {
  const dir = await templatesDirOf(call);
  // What a package manager put there it takes away again.
  const target = dir === bundledTemplatesDir && dir.split(sep).includes('node_modules') ? resolve('templates') : dir;
  const languages = (textOption(call, 'languages') ?? '').split(/[\s,]+/u).filter((language) => language !== '');
  const files = await layOutPack(name, languages, target);
  await writeOut(call.stdout, files.map((file) => `${shown(file)}\n`).join(''));
  const option = target === bundledTemplatesDir ? '' : ` --templates ${shown(target)}`;
  await writeOut(call.stderr, `Next: put your policy's text into policy.en.txt, then go through policy.yaml from the top. refund-triage pack check ${name}${option} says what is left to mend.\n`);
  if (target !== dir) await writeOut(call.stderr, `Have the worker read it: templates_dir: ${shown(target)} in refund-triage.yaml.\n`);
  return 0;
}

function unknownPack(name: string, dir: string, known: readonly string[]): UsageError {
  return new UsageError(`There is no pack "${name}" in ${shown(dir)}.${didYouMean(name, known) || ` There are ${known.join(', ')}.`}`);
}

// A pack's own file, or one that all share, wherever that lies.
function concerns(file: string, name: string, dir: string): boolean {
  return isWithin(file, join(dir, name)) || isWithin(file, join(dir, sharedFolder)) || !isWithin(file, dir);
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}${sep}`);
}

function shown(path: string): string {
  const near = relative('', path);
  return near === '' || near.startsWith('..') ? path : near;
}
