import { keepEmptyCluster } from '../../src/database/empty-cluster.ts';
import { keepExampleBooks } from '../../src/facts/languages/keep-example-books.ts';

/** What `npm ci` has made already, unless something was edited since: made once for all the suite's processes. */
export default async function setup(): Promise<void> {
  await keepExampleBooks();
  await keepEmptyCluster();
}
