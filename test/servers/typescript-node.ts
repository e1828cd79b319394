import { fileURLToPath } from 'node:url';

/** The Node of our own dependencies, which runs TypeScript, whichever Node runs the tests. */
export const typescriptNode = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
