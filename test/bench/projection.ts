/** What one mail takes, measured: seconds of a processor by part of the whole, and bytes in the store. */
export interface CostOfMail {
  readonly workerSeconds: number;
  readonly watcherSeconds: number;
  readonly dovecotSeconds: number;
  readonly postgresSeconds: number;
  readonly redisSeconds: number;
  readonly storeBytes: number;
}

/** What a day's mail needs. */
export interface Projection {
  readonly mailsPerDay: number;
  /** In the busiest hours. */
  readonly mailsPerSecond: number;
  /** Cores in use at the peak, by part, with the spare ones. */
  readonly cores: Readonly<Record<Part, number>>;
  /** Machines of `coresPerMachine`; of Redis processes, since each uses one core. */
  readonly machines: Readonly<Record<Part, number>>;
  /** Parts of which one machine (of Redis one process) is no longer enough. */
  readonly saturated: readonly Part[];
  readonly coreHoursPerDay: number;
  readonly storeGigabytesPerDay: number;
}

export const parts = ['worker', 'watcher', 'Dovecot', 'PostgreSQL', 'Redis'] as const;
export type Part = (typeof parts)[number];

// Assumptions, not measurements: office hours see three times the day's mean, and no core is planned to be busier than 70 %.
export const peakToMean = 3;
export const busiest = 0.7;
const secondsPerDay = 86_400;
const secondsPerHour = 3_600;

export function project(cost: CostOfMail, mailsPerDay: number, coresPerMachine: number): Projection {
  const secondsOf: Readonly<Record<Part, number>> = { worker: cost.workerSeconds, watcher: cost.watcherSeconds, Dovecot: cost.dovecotSeconds, PostgreSQL: cost.postgresSeconds, Redis: cost.redisSeconds };
  const mailsPerSecond = (mailsPerDay / secondsPerDay) * peakToMean;
  const of = (take: (part: Part) => number): Record<Part, number> => ({ worker: take('worker'), watcher: take('watcher'), Dovecot: take('Dovecot'), PostgreSQL: take('PostgreSQL'), Redis: take('Redis') });
  const cores = of((part) => (mailsPerSecond * secondsOf[part]) / busiest);
  const machines = of((part) => Math.max(1, Math.ceil(cores[part] / coresOfOne(part, coresPerMachine))));
  return {
    mailsPerDay, mailsPerSecond, cores, machines, saturated: parts.filter((part) => machines[part] > 1),
    coreHoursPerDay: (mailsPerDay * parts.reduce((sum, part) => sum + secondsOf[part], 0)) / secondsPerHour,
    storeGigabytesPerDay: (mailsPerDay * cost.storeBytes) / 1e9,
  };
}

/** Mails a day at which one machine of that part is full. */
export function mostMailsPerDay(secondsPerMail: number, part: Part, coresPerMachine: number): number {
  return ((coresOfOne(part, coresPerMachine) * busiest) / secondsPerMail / peakToMean) * secondsPerDay;
}

/** Redis works on one core, whatever there is. */
function coresOfOne(part: Part, coresPerMachine: number): number {
  return part === 'Redis' ? 1 : coresPerMachine;
}
