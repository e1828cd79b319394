import { describe, expect, it } from 'vitest';
import { openCircuitBreaker } from '../src/circuit-breaker.ts';

const second = 1_000;

describe('the circuit breaker', () => {
  it('lets questions pass until four in a row have failed', () => {
    const breaker = openCircuitBreaker();
    for (let count = 0; count < 3; count++) breaker.failed(0);
    expect(breaker.mayPass(0)).toBe(true);
    breaker.succeeded();
    for (let count = 0; count < 3; count++) breaker.failed(0);
    expect(breaker.mayPass(0)).toBe(true);
    breaker.failed(0);
    expect(breaker.mayPass(0)).toBe(false);
  });

  it('tries the server with a single question after half a minute, and closes when that is answered', () => {
    const breaker = openCircuitBreaker();
    for (let count = 0; count < 4; count++) breaker.failed(0);
    expect(breaker.mayPass(29 * second)).toBe(false);
    expect(breaker.mayPass(30 * second)).toBe(true);
    expect(breaker.mayPass(30 * second)).toBe(false);
    breaker.succeeded();
    expect([breaker.mayPass(31 * second), breaker.mayPass(31 * second)]).toEqual([true, true]);
  });

  it('waits twice as long after each try in vain, ten minutes at the most', () => {
    const breaker = openCircuitBreaker();
    for (let count = 0; count < 4; count++) breaker.failed(0);
    let nowMs = 0;
    const pauses: number[] = [];
    for (let count = 0; count < 7; count++) {
      const began = nowMs;
      while (!breaker.mayPass(nowMs)) nowMs += second;
      pauses.push((nowMs - began) / second);
      breaker.failed(nowMs);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  it('makes one pause of questions that were on their way together and failed together', () => {
    const breaker = openCircuitBreaker();
    for (let count = 0; count < 12; count++) breaker.failed(0);
    expect(breaker.mayPass(30 * second)).toBe(true);
  });

  it('keeps to the pause that the server asks for, as far as that is ten minutes', () => {
    const breaker = openCircuitBreaker();
    breaker.failed(0, 90 * second);
    expect([breaker.mayPass(89 * second), breaker.mayPass(90 * second)]).toEqual([false, true]);
    const patient = openCircuitBreaker();
    patient.failed(0, 86_400 * second);
    expect(patient.mayPass(600 * second)).toBe(true);
  });
});
