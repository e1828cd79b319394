import { mkdir, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { factsFolder, fittedBookFile, fittingKey, loadFittedBook, toBytes } from '../likeness/fitted-book.ts';
import { exampleBookFrom, languagesWithExamples } from './languages.ts';
import { examplesOf } from '../likeness/read-examples.ts';

/**
 * Writes `likeness/fitted/<code>.book` for each language whose file is missing or stale. `node src/facts/languages/keep-example-books.ts [FOLDER]`, run when the project is
 * installed or built; FOLDER is another copy of this one, such as `dist/facts`.
 */
export async function keepExampleBooks(folder: URL = factsFolder): Promise<void> {
  await mkdir(new URL('likeness/fitted/', folder), { recursive: true });
  for (const code of languagesWithExamples) {
    const examples = examplesOf(code);
    if (loadFittedBook(code, examples, folder) !== null) continue;
    const file = fittedBookFile(code, folder);
    // Whoever reads it meanwhile, or writes it as well, finds a whole file.
    const unfinished = new URL(`${file.href}.${String(process.pid)}`);
    await writeFile(unfinished, toBytes(exampleBookFrom(code, examples), fittingKey(code, examples, folder)));
    await rename(unfinished, file);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  await keepExampleBooks(folder === undefined ? factsFolder : pathToFileURL(`${resolve(folder)}/`));
}
