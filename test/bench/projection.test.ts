import { describe, expect, it } from 'vitest';
import { fitLine } from './fitted-line.ts';
import { connectionsTo, findProcess, usageOf } from './process-usage.ts';
import { busiest, mostMailsPerDay, peakToMean, project } from './projection.ts';

const cost = { workerSeconds: 0.01, watcherSeconds: 0.000_1, dovecotSeconds: 0.002, postgresSeconds: 0.003, redisSeconds: 0.000_2, storeBytes: 20_000 };

describe('a projection', () => {
  it('counts cores, machines and gigabytes from what one mail takes', () => {
    const needs = project(cost, 86_400_000, 16);
    expect(needs.mailsPerSecond).toBe(1_000 * peakToMean);
    expect(needs.cores.worker).toBeCloseTo((1_000 * peakToMean * 0.01) / busiest);
    expect(needs.machines).toEqual({ worker: 3, watcher: 1, Dovecot: 1, PostgreSQL: 1, Redis: 1 });
    expect(needs.saturated).toEqual(['worker']);
    expect(needs.coreHoursPerDay).toBeCloseTo(86_400_000 * 0.015_3 / 3_600);
    expect(needs.storeGigabytesPerDay).toBeCloseTo(1_728);
  });

  it('gives Redis one core, however many there are', () => {
    expect(mostMailsPerDay(0.001, 'Redis', 16)).toBe(mostMailsPerDay(0.001, 'Redis', 64));
    expect(mostMailsPerDay(0.001, 'worker', 64)).toBeCloseTo(4 * mostMailsPerDay(0.001, 'worker', 16));
  });
});

describe('a fitted line', () => {
  it('has the slope of its points, and an error where they do not lie on it', () => {
    expect(fitLine([[0, 1], [1, 3], [2, 5], [3, 7]])).toEqual({ slope: 2, slopeError: 0 });
    const { slope, slopeError } = fitLine([[0, 0], [1, 1], [2, 0], [3, 1]]);
    expect(slope).toBeCloseTo(0.2);
    expect(slopeError).toBeGreaterThan(slope);
  });
});

describe('the usage of a process', () => {
  it('is that of the process with its children', () => {
    const { cpuSeconds, residentBytes, openFiles } = usageOf(process.pid);
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(residentBytes).toBeGreaterThan(10 * 2 ** 20);
    expect(openFiles).toBeGreaterThan(2);
    expect(connectionsTo(1)).toBe(0);
    expect(() => findProcess('no such program is running here')).toThrow('no process');
  });
});
