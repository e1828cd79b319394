import { parentPort, workerData } from 'node:worker_threads';
import { loadPacks } from '../../src/packs/load-packs.ts';
import type { TriageThreadSettings } from '../../src/worker/triage-threads.ts';

/** A triage thread that dies of the mails it is given. */
const { templatesDir }: TriageThreadSettings = workerData;
const packs = await loadPacks(templatesDir);
parentPort?.on('message', () => { process.exit(1); });
parentPort?.postMessage({ kind: 'ready', packHashes: packs.map(({ hash }) => hash) }, []);
