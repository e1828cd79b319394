import { z } from 'zod';
import { factNames, flags, reasons, topics } from '../facts/facts.ts';
import { vocabularySchema } from '../facts/merchant/vocabulary.ts';
import { recordsSchema } from '../records/records-settings.ts';
import { weekdays } from './business-days.ts';
import { outcomes } from './decision.ts';

/**
 * A policy: what a merchant's `policy.yaml` says. Who the merchant is, how mail to it is read, and the rules that decide. Its JSON Schema
 * is published beside the packs' loader.
 */
const conditionSchema = z.string().min(1).describe('A condition in CEL: variables compared with constants, joined by &&, ||, ! and ?:');

const requirements = [...factNames, 'screenshot', 'photo', 'description', 'reason'] as const;
const requirementSchema = z.enum(requirements);
const substitutesSchema = z.array(requirementSchema).min(1).optional();

const amountSources = ['claimed', 'paid', 'unused_part'] as const;
export type AmountSource = (typeof amountSources)[number];

/** What a rule, or one of its cases, leads to. */
const consequence = {
  outcome: z.enum(outcomes).optional(),
  discretionary: z.boolean().optional().describe('The text only says that the merchant may: the reply promises nothing'),
  requires: z.array(requirementSchema).optional().describe('What the text asks of the customer, in the order in which the reply asks for it'),
  amount: z
    .array(z.enum(amountSources))
    .optional()
    .describe('Where a refund\'s sum comes from, the first that is known: the sum claimed back, the sum paid, or its unused part'),
  keep_percent: z.number().gt(0).lt(100).optional().describe('What part of that sum the merchant keeps, such as a restocking fee'),
  check_without_amount: z.literal('balance').optional().describe('What an agent looks up where the sum is not known'),
  flags: z.array(z.enum(flags)).optional(),
  says: z
    .record(z.string().regex(/^[a-z]{2}$/, 'must be an ISO 639-1 code'), z.array(z.string().min(1)).min(1))
    .optional()
    .describe('By language of the policy text: words of the clause by which its sentences that matter here are found; without them the whole clause is quoted'),
};

const caseSchema = z.strictObject({ when: conditionSchema.optional().describe('The last case has none'), ...consequence });

const ruleSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  when: conditionSchema.optional().describe('Without one the rule always holds'),
  clause: z.string().nullable().describe('The clause of the text that says so; null where the text has none'),
  ...consequence,
  requires: consequence.requires.unwrap().default([]).describe('What the text asks of the customer, in the order in which the reply asks for it'),
  reply: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).optional().describe('The name of its reply, where it is not the rule\'s own'),
  overrides: z
    .record(z.string(), z.string().min(1))
    .optional()
    .describe('Why this rule goes before later ones that hold at the same time and lead elsewhere: the name of each, or "all", and the reason. Only for pack check'),
  cases: z.array(caseSchema).min(2).optional().describe('Where the rule leads to different things: the first case that holds, over what the rule says'),
});

const deadlineSchema = z.strictObject({
  what: z.enum(['answer', 'payout']),
  business_days: z.int().min(1).max(100),
  from: z.enum(['arrival', 'approval']).describe('Only a deadline that runs from the arrival of the mail has a date before somebody approves'),
});

const waitingSchema = z
  .strictObject({
    remind_after_days: z.int().min(1).max(365).optional().describe('One reminder is drafted; none where it is left out'),
    close_after_days: z.int().min(1).max(3650).default(30).describe('The case is closed. A mail of the customer opens it again'),
  })
  .refine(({ remind_after_days: remind, close_after_days: close }) => remind === undefined || remind < close, { path: ['remind_after_days'], message: 'must be less than close_after_days' })
  .default({ close_after_days: 30 });

const daySchema = z.iso.date('must be a day such as 2026-05-01');

const calendarSchema = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as PL').optional().describe('Whose public holidays are free; without it only weekends are'),
    state: z.string().optional().describe('Where the part of the country has holidays of its own: NY, BY, …'),
    region: z.string().optional(),
    weekend: z.array(z.enum(weekdays)).max(6, 'somebody must work on one day of the week').default(['saturday', 'sunday']),
    days_off: z.array(daySchema).default([]).describe('Days on which nobody works beside those'),
    working_days: z.array(daySchema).default([]).describe('Days on which people work though a weekend or holiday falls on them'),
  })
  .optional()
  .describe('The days that business days are counted by; Monday to Friday where it is left out');

const readAsSchema = z.strictObject({
  when: conditionSchema,
  topic: z.enum(topics).optional(),
  reason: z.enum(reasons).optional(),
});

const addressSchema = z.string().regex(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, 'must be a mail address').toLowerCase();
const domainSchema = z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'must be a domain in lower case');

export const policySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens').describe('The name of the folder'),
  display_name: z.string().min(1),
  addresses: z.array(addressSchema).min(1).describe('Mail to these is this merchant\'s'),
  domains: z.array(domainSchema).default([]).describe('Mail to these domains and links to them in the text as well'),
  from: z.strictObject({ name: z.string().min(1), address: addressSchema }).describe('Who the replies come from'),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, 'must be an ISO 639-1 code'))
    .min(1)
    .describe('Of the policy, its own language first: a customer is answered in one of these, else in English'),
  time_zone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Minsk'),
  calendar: calendarSchema,
  days: z.enum(['exact', 'calendar']).default('exact').describe('How the text counts days where a time of day is known'),
  reader: vocabularySchema.describe('What a reader must know to read mail written to this merchant'),
  same_as: z
    .strictObject(Object.fromEntries(requirements.map((name) => [name, substitutesSchema])))
    .default({})
    .describe('Facts that do for a required one'),
  read_as: z.array(readAsSchema).default([]).describe('Requests that go through the rules as another one'),
  rules: z.array(ruleSchema).min(1).describe('Tried from the top; the first that holds decides'),
  deadlines: z.array(deadlineSchema).default([]),
  waiting: waitingSchema.describe('What becomes of a case whose customer was asked for something and does not answer; in days from when it was sent'),
  conventions: z
    .partialRecord(z.enum(['refund', 'technical_problem', 'cancellation', 'revision', 'privacy']), z.array(requirementSchema).min(1))
    .default({})
    .describe('What customers are asked to say in a first mail, by what it is about; what the rules require where it is left out'),
  model: z
    .strictObject({ consent: z.boolean().describe('The merchant agrees that the words of its customers, masked, are shown to the configured language model where the reader is unsure'), screenshots: z.boolean().default(false).describe('Their pictures of screens as well, which cannot be masked') })
    .default({ consent: false, screenshots: false })
    .describe('Whether a language model may be asked; it is not where this is left out'),
  records: recordsSchema.optional().describe('Where the orders live, and which of their columns give which facts: what they say beats the customer'),
});

export type Policy = z.infer<typeof policySchema>;
export type PolicyRule = Policy['rules'][number];

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
