import { parseArgs } from 'node:util';
import { scoreReadings } from './score-readings.ts';
import { triageFolder } from './triage-folder.ts';

// npm run score -- DIR [--verbose]: how well the mails of a folder are read, by the gold beside them.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { verbose: { type: 'boolean', default: false } } });
const [folder = 'test/corpus'] = positionals;
const { golds, readings } = await triageFolder(folder);
const { mails, figures, byFact, byLanguage } = scoreReadings(golds, readings);

if (values.verbose) {
  for (const { name, errors } of mails) if (errors.length > 0) console.log(`${name}\n    ${errors.join('\n    ')}`);
  for (const [name, { right, wrong, missed }] of [...byFact].toSorted(([a], [b]) => (a < b ? -1 : 1))) console.log(`${name.padEnd(22)} right ${right}, wrong ${wrong}, missed ${missed}`);
}
for (const [language, { whole, all }] of [...byLanguage].toSorted(([a], [b]) => (a < b ? -1 : 1))) console.log(`${language}: ${whole} of ${all} wholly right`);
console.log(`${mails.length} mails: ${Object.entries(figures).map(([name, figure]) => `${name} ${figure.toFixed(3)}`).join(', ')}`);
if (mails.length === 0) process.exitCode = 1;
