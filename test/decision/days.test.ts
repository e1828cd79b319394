import { describe, expect, it } from 'vitest';
import { businessCalendar, countBusinessDays } from '../../src/decision/business-days.ts';
import { daysSince } from '../../src/decision/days-since.ts';

describe('days since a moment', () => {
  const noonInMoscow = { receivedAtMs: Date.UTC(2026, 2, 20, 9, 0), offsetMinutes: 180 };

  it.each([
    ['2026-03-20', 0], ['2026-03-19', 1], ['2026-03-17', 3], ['2026-03-21', -1], ['2025-03-20', 365], ['2026-03-19T12:00', 1], ['2026-03-20T00:00', 0.5], ['2026-03-17T06:00', 3.25],
    ['2026-03-20T11:59:30', 1 / 120 / 24],
  ])('%s', (moment, days) => {
    expect(daysSince(moment, noonInMoscow, 'exact')).toBeCloseTo(days, 10);
  });
  it('are whole where the policy counts calendar days', () => {
    expect(daysSince('2026-03-19T23:59', noonInMoscow, 'calendar')).toBe(1);
    expect(daysSince('2026-03-20T00:01', noonInMoscow, 'calendar')).toBe(0);
  });
  it('are counted where the writer lives', () => {
    const evening = { receivedAtMs: Date.UTC(2026, 2, 20, 23, 30), offsetMinutes: 0 };
    expect(daysSince('2026-03-20', evening, 'exact')).toBe(0);
    expect(daysSince('2026-03-20', { ...evening, offsetMinutes: 330 }, 'exact')).toBe(1);
    expect(daysSince('2026-03-20', { receivedAtMs: Date.UTC(2026, 2, 21, 3, 0), offsetMinutes: -420 }, 'exact')).toBe(0);
  });
  it('do not change with the clocks of any time zone: a mail knows its offset only', () => {
    const afterTheChange = { receivedAtMs: Date.UTC(2026, 2, 29, 10, 0), offsetMinutes: 120 };
    expect(daysSince('2026-03-28T12:00', afterTheChange, 'exact')).toBe(1);
  });
  it.each(['2026-02-30', '2026-13-01', '2026-03', '', 'today', '2026-03-19T24:30'])('are unknown for %j', (moment) => {
    expect(daysSince(moment, noonInMoscow, 'exact')).toBeNull();
    expect(daysSince(moment, noonInMoscow, 'calendar')).toBeNull();
  });
});

describe('business days', () => {
  const friday = Date.UTC(2026, 2, 20, 12);

  it.each([[1, '2026-03-23'], [5, '2026-03-27'], [6, '2026-03-30'], [10, '2026-04-03']])('%i after a Friday', (days, expected) => {
    expect(countBusinessDays(friday, days, businessCalendar('Europe/Moscow')).by).toBe(expected);
  });
  it('begin on Monday after a weekend', () => {
    expect(countBusinessDays(Date.UTC(2026, 2, 21, 12), 1, businessCalendar('UTC')).by).toBe('2026-03-23');
    expect(countBusinessDays(Date.UTC(2026, 2, 22, 12), 1, businessCalendar('UTC')).by).toBe('2026-03-23');
  });
  it('are the merchant\'s', () => {
    const lateOnThursday = Date.UTC(2026, 2, 19, 22);
    expect(countBusinessDays(lateOnThursday, 1, businessCalendar('UTC')).by).toBe('2026-03-20');
    expect(countBusinessDays(lateOnThursday, 1, businessCalendar('Europe/Minsk')).by).toBe('2026-03-23');
  });
});
