import { describe, expect, it } from 'vitest';
import { businessCalendar, countBusinessDays, type CalendarSettings } from '../../src/decision/business-days.ts';
import { loadPolicy } from '../../src/packs/load-policy.ts';
import { decideFor, policyOf } from './some-policies.ts';

const noSettings: CalendarSettings = { weekend: ['saturday', 'sunday'], days_off: [], working_days: [] };

function count(day: string, businessDays: number, settings: Partial<CalendarSettings>, timeZone = 'Europe/Warsaw') {
  return countBusinessDays(Date.parse(`${day}T12:00:00Z`), businessDays, businessCalendar(timeZone, { ...noSettings, ...settings }));
}

describe('a business calendar', () => {
  it('passes over the public holidays of its country, and says which', () => {
    expect(count('2026-04-02', 2, { country: 'PL' })).toEqual({ from: '2026-04-02', by: '2026-04-07', holidays: [{ day: '2026-04-06', name: 'Easter Monday' }] });
    expect(count('2026-04-02', 2, {})).toEqual({ from: '2026-04-02', by: '2026-04-06', holidays: [] });
  });
  it('knows what a part of a country keeps', () => {
    expect(count('2026-01-05', 1, { country: 'DE', state: 'BY' }, 'Europe/Berlin').by).toBe('2026-01-07');
    expect(count('2026-01-05', 1, { country: 'DE', state: 'BE' }, 'Europe/Berlin').by).toBe('2026-01-06');
  });
  it('counts a holiday on the day whose noon it has, also where it begins at sunset and lasts for days', () => {
    expect(count('2026-03-19', 1, { country: 'TR' }, 'Europe/Istanbul')).toEqual({ from: '2026-03-19', by: '2026-03-23', holidays: [{ day: '2026-03-20', name: 'End of Ramadan (Eid al-Fitr)' }] });
  });
  it('goes over the turn of the year', () => {
    expect(count('2026-12-30', 2, { country: 'BY' }, 'Europe/Minsk')).toMatchObject({ by: '2027-01-04', holidays: [{ day: '2027-01-01' }] });
  });
  it('has other weekends, days off and working days where the pack says so', () => {
    expect(count('2026-03-19', 1, { weekend: ['friday', 'saturday'] }, 'Asia/Riyadh').by).toBe('2026-03-22');
    expect(count('2026-12-23', 1, { days_off: ['2026-12-24'] })).toEqual({ from: '2026-12-23', by: '2026-12-25', holidays: [{ day: '2026-12-24', name: 'day off' }] });
    expect(count('2026-03-20', 1, { working_days: ['2026-03-21'] }).by).toBe('2026-03-21');
    expect(count('2026-04-30', 1, { country: 'PL', working_days: ['2026-05-01'] })).toEqual({ from: '2026-04-30', by: '2026-05-01', holidays: [] });
  });
  it('reckons in the time zone of the merchant, on the days when its clocks change too', () => {
    expect(countBusinessDays(Date.parse('2026-03-29T21:59:00Z'), 1, businessCalendar('Europe/Warsaw')).from).toBe('2026-03-29');
    expect(countBusinessDays(Date.parse('2026-03-29T22:01:00Z'), 1, businessCalendar('Europe/Warsaw'))).toEqual({ from: '2026-03-30', by: '2026-03-31', holidays: [] });
  });
  it('dates the deadlines of a decision', () => {
    const deadlines = [{ what: 'answer', business_days: 5, from: 'arrival' }];
    const rules = [{ outcome: 'deny' }];
    const labourDay = { receivedAtMs: Date.parse('2026-04-28T09:00:00Z') };
    expect(decideFor(policyOf(rules, { deadlines, time_zone: 'Europe/Minsk' }), {}, labourDay).deadlines).toEqual([{ what: 'answer', by: '2026-05-05' }]);
    expect(decideFor(policyOf(rules, { deadlines, time_zone: 'Europe/Minsk', calendar: { country: 'BY' } }), {}, labourDay).deadlines).toEqual([{ what: 'answer', by: '2026-05-06' }]);
  });
});

const policyYaml = (calendar: string): string => `name: made-up
display_name: Made Up
addresses: [hello@made-up.example]
from: { name: Made Up, address: hello@made-up.example }
languages: [en]
time_zone: UTC
calendar: ${calendar}
reader: { products: [credits], reasons: [changed_mind] }
rules: [{ name: all, outcome: deny, clause: null }]
`;
const firstProblem = (calendar: string) => loadPolicy(policyYaml(calendar), 'policy.yaml').problems[0];

describe('a calendar in policy.yaml', () => {
  it('is taken where its country is known', () => {
    expect(firstProblem('{ country: DE, state: BY }')).toBeUndefined();
    expect(firstProblem('{ weekend: [sunday] }')).toBeUndefined();
  });
  it.each([
    ['{ country: QQ }', 'calendar.country', 'no holidays are known of a country "QQ"'],
    ['{ country: Poland }', 'calendar.country', 'must be an ISO 3166 code such as PL'],
    ['{ country: DE, state: XX }', 'calendar.state', 'no holidays are known of "XX" in DE: known are '],
    ['{ country: BY, state: XX }', 'calendar.state', 'which has no such parts'],
    ['{ country: DE, region: A }', 'calendar.region', 'a region is part of a state'],
    ['{ state: BY }', 'calendar.country', 'a state or region is part of a country'],
    ['{ days_off: [2026-02-30] }', 'calendar.days_off[0]', 'must be a day'],
    ['{ weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday] }', 'calendar.weekend', 'somebody must work'],
  ])('is refused with its line: %s', (calendar, key, message) => {
    expect(firstProblem(calendar)).toMatchObject({ line: 7, key });
    expect(firstProblem(calendar)?.message).toContain(message);
  });
});
