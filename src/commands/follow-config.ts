import type { Logger } from 'pino';
import { type Config, loadConfig } from '../config.ts';
import { TriageError } from '../errors.ts';
import type { LivePacks } from '../packs/live-packs.ts';
import type { StartedWorker } from '../worker/run-worker.ts';
import { textOption, type Call } from './command.ts';
import { compareConfigs } from './compare-configs.ts';

export interface FollowedConfig {
  readonly call: Call;
  /** As it was at the start. */
  readonly config: Config;
  readonly logger: Logger;
  readonly packs: LivePacks;
  readonly worker: () => StartedWorker | null;
}

/**
 * Reads the configuration and the packs again at SIGHUP. What can change while mail is worked on does; of the rest it is said that it counts from the next start. A configuration with
 * mistakes changes nothing. Returns what ends it.
 */
export function followConfig({ call, config, logger, packs, worker }: FollowedConfig): () => Promise<void> {
  let current = config;
  let turn: Promise<void> = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      const next = await loadConfig(textOption(call, 'config'), call.environment);
      // Against the one at the start: what did not count then does not yet.
      const { atRestart } = compareConfigs(config, next);
      const { live } = compareConfigs(current, next);
      logger.level = next.logLevel;
      worker()?.setConcurrency(next.concurrency);
      worker()?.setReconcileIntervalMs(next.reconcileIntervalMs);
      current = next;
      logger.info({ changed: live, atNextStart: atRestart }, atRestart.length === 0 ? 'configuration read again' : 'configuration read again; a part of it counts from the next start');
      await packs.reload(next.templatesDir);
    } catch (error) {
      if (!(error instanceof TriageError)) throw error;
      logger.error({ code: error.code, problems: error.message.split('\n') }, 'the configuration has mistakes; the one read before stays in use');
    }
  };
  const stop = call.onHangUp(() => { turn = turn.then(reload).catch((error: unknown) => { logger.error({ reason: String(error) }, 'the configuration was not read again'); }); });
  return async () => {
    stop();
    await turn;
  };
}
