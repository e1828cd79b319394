import { keepExampleBooks } from '../../src/facts/keep-example-books.ts';

/** What `npm ci` has made already, unless an example or the fitting was edited since: fitted once for all the suite's processes. */
export default async function setup(): Promise<void> {
  await keepExampleBooks();
}
