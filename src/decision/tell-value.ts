import { factNames, type FactName, type OwnFactName, type Facts } from '../facts/facts.ts';
import { timeSince, type PassedTime } from './days-since.ts';
import { shareFacts, usedShare } from './used-share.ts';
import { momentVariables, type MailContext } from './values-of.ts';
import { isOwnFactName, variables } from './variables.ts';

/** The time since a moment, in the writer's offset: `UTC+03:00`. */
export interface PassedSince extends PassedTime {
  readonly offset: string;
}

interface ToldValue {
  readonly arithmetic: string | null;
  readonly passed?: PassedSince;
  readonly facts: readonly (FactName | OwnFactName)[];
}

/** How a variable's value comes about, and from which facts. `arithmetic` is null where it stands in the mail as it is. */
export function tellValue(name: string, facts: Facts, context: MailContext, days: 'exact' | 'calendar'): ToldValue {
  const moment = momentVariables.find(([variable]) => variable === name)?.[1];
  if (moment !== undefined) {
    const passed = timeSince(facts.values[moment]?.value ?? '', context, days);
    if (passed === null) return { arithmetic: null, facts: [moment] };
    const since = { ...passed, offset: offsetText(context.offsetMinutes) };
    return { arithmetic: passedText(since), passed: since, facts: [moment] };
  }
  if (name === 'used_share') {
    const share = usedShare(facts.values);
    return { arithmetic: share === null ? null : `${share.used.toFixed()} ÷ ${share.total.toFixed()}`, facts: shareFacts(facts.values) };
  }
  if (isOwnFactName(name)) return { arithmetic: null, facts: facts.own?.[name] === undefined ? [] : [name] };
  const fact = factNames.find((each) => each === (name.startsWith('said.') ? name.slice('said.'.length) : variables.get(name)?.fact ?? name));
  return { arithmetic: null, facts: fact === undefined || facts.values[fact] === undefined ? [] : [fact] };
}

function offsetText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  return `UTC${offsetMinutes < 0 ? '−' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function passedText({ days, from, to, counted, offset }: PassedSince): string {
  if (counted === 'days') return `from ${from} to ${to}: ${String(days)} ${days === 1 ? 'day' : 'days'}`;
  const hours = Number((days * 24).toFixed(4));
  return `from ${from} to ${to} (${offset}): ${String(hours)} hours ÷ 24 = ${String(Number(days.toFixed(4)))} days`;
}
