import { factNames, type FactName, type OwnFactName, type Facts } from '../facts/facts.ts';
import { timeSince, type PassedTime } from './days-since.ts';
import { shareFacts, usedShare } from './used-share.ts';
import { momentVariables, type MailContext } from './values-of.ts';
import { isOwnFactName, variables } from './variables.ts';

/** How a variable's value comes about, and from which facts. `arithmetic` is null where it stands in the mail as it is. */
export function tellValue(name: string, facts: Facts, context: MailContext, days: 'exact' | 'calendar'): { readonly arithmetic: string | null; readonly facts: readonly (FactName | OwnFactName)[] } {
  const moment = momentVariables.find(([variable]) => variable === name)?.[1];
  if (moment !== undefined) {
    const passed = timeSince(facts.values[moment]?.value ?? '', context, days);
    return { arithmetic: passed === null ? null : passedText(passed, context.offsetMinutes), facts: [moment] };
  }
  if (name === 'used_share') {
    const share = usedShare(facts.values);
    return { arithmetic: share === null ? null : `${share.used.toFixed()} ÷ ${share.total.toFixed()}`, facts: shareFacts(facts.values) };
  }
  if (isOwnFactName(name)) return { arithmetic: null, facts: facts.own?.[name] === undefined ? [] : [name] };
  const fact = factNames.find((each) => each === (name.startsWith('said.') ? name.slice('said.'.length) : variables.get(name)?.fact ?? name));
  return { arithmetic: null, facts: fact === undefined || facts.values[fact] === undefined ? [] : [fact] };
}

function passedText({ days, from, to, counted }: PassedTime, offsetMinutes: number): string {
  if (counted === 'days') return `from ${from} to ${to}: ${String(days)} ${days === 1 ? 'day' : 'days'}`;
  const hours = Number((days * 24).toFixed(4));
  const sign = offsetMinutes < 0 ? '−' : '+';
  const minutes = Math.abs(offsetMinutes);
  const offset = `UTC${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `from ${from} to ${to} (${offset}): ${String(hours)} hours ÷ 24 = ${String(Number(days.toFixed(4)))} days`;
}
