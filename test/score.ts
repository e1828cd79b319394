import { parseArgs } from 'node:util';
import { loadReadingConfig } from '../src/config.ts';
import { openSecondReader } from '../src/model/second-reader.ts';
import { loadPacks } from '../src/packs/load-packs.ts';
import { scoreReadings } from './score-readings.ts';
import { describeGain, scoreSecondReader } from './score-second-reader.ts';
import { triageFolder } from './triage-folder.ts';

// npm run score -- DIR [--verbose] [--model [--config FILE] [--consent]]: how well the mails of a folder are read, by the gold beside them; and what the configured model adds to that. With --consent
// it is asked about every mail, whatever the packs say: for mails that are nobody's.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false }, model: { type: 'boolean', default: false }, consent: { type: 'boolean', default: false }, config: { type: 'string' } },
});
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

if (values.model) {
  const { model, templatesDir } = await loadReadingConfig(values.config ?? null, process.env);
  if (model === null) throw new Error('no model is named: set REFUND_TRIAGE_MODEL, or name under model in the configuration');
  const packs = (await loadPacks(templatesDir)).map((pack) => (values.consent ? { ...pack, policy: { ...pack.policy, model: { consent: true, screenshots: false } } } : pack));
  const gain = await scoreSecondReader(folder, packs, openSecondReader(model));
  console.log(describeGain(gain, golds.size).join('\n'));
}
