import { conventionsHtml, conventionsMarkdown } from '../packs/conventions-page.ts';
import { conventionsOf } from '../packs/conventions.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { didYouMean } from '../nearest-name.ts';
import { UsageError, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { templatesDirOf } from './templates-dir.ts';

export const conventionsCommand: Command = {
  usage: '[NAME] [--html]',
  help: `How a merchant's customers should write: what the subject begins with, what the mail says, and a link for each that opens the mail. A mail written
otherwise is read as well. Without a name, all merchants.

Options:
  --html           as a page of HTML that the merchant can publish; needs a name where there are several merchants
  --templates DIR  where the packs are; those of the configuration, or those that come with the program, where it is not given`,
  options: { html: { type: 'boolean' }, templates: { type: 'string' } },
  positionals: { min: 0, max: 1, what: 'at most the name of a pack' },
  run: printConventions,
};

async function printConventions(call: Call): Promise<ExitStatus> {
  const [name] = call.positionals;
  const packs = await loadPacks(await templatesDirOf(call));
  const names = packs.map((pack) => pack.name);
  if (name !== undefined && !names.includes(name)) throw new UsageError(`There is no pack "${name}".${didYouMean(name, names)}`);
  const wanted = packs.filter((pack) => name === undefined || pack.name === name);
  if (call.values['html'] === true) {
    const [pack, another] = wanted;
    if (pack === undefined || another !== undefined) throw new UsageError(`conventions --html prints one merchant's page: ${names.join(', ')}.`);
    await writeOut(call.stdout, conventionsHtml(conventionsOf(pack)));
    return 0;
  }
  const sections = wanted.map(conventionsOf).map((conventions) => `# ${conventions.merchant}\n\n${conventionsMarkdown(conventions)}\n`);
  await writeOut(call.stdout, sections.join('\n'));
  return 0;
}
