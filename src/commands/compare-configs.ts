import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import { Secret } from '../secret.ts';

/** What takes effect when the configuration is read again. */
const liveSettings = ['logLevel', 'templatesDir', 'concurrency', 'reconcileIntervalMs'] as const satisfies readonly (keyof Config)[];

/** The settings that differ, as they are called in the file: those that take effect at once, and those that do at the next start. */
export function compareConfigs(before: Config, after: Config): { readonly live: readonly string[]; readonly atRestart: readonly string[] } {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const different = [...names].filter((name) => name !== 'file' && fingerprint(Reflect.get(before, name)) !== fingerprint(Reflect.get(after, name)));
  return { live: different.filter(isLive).map(nameInFile), atRestart: different.filter((name) => !isLive(name)).map(nameInFile) };
}

function isLive(name: string): boolean {
  return liveSettings.some((live) => live === name);
}

/** The same for values that are the same, secrets included, which are not in it. */
function fingerprint(value: unknown): string {
  const json = JSON.stringify(value, function plain(this: unknown, key: string, item: unknown): unknown {
    const original: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : item;
    if (original instanceof Secret) return createHash('sha256').update(original.reveal()).digest('hex');
    return original instanceof Map ? [...original] : item;
  });
  return json ?? '';
}

/** `reconcileIntervalMs` is `reconcile_interval_seconds` there. */
export function nameInFile(name: string): string {
  if (name === 'looksIntoFiles') return 'look_into_files';
  return name.replace(/Ms$/u, 'Seconds').replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
