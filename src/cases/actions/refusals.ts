/**
 * Why something is not done to a case, in English; `{name}` stands for a value. Logs and programs are told this; the desk says it in its own languages, and
 * calls a `{fact}` and a draft's `{state}` by their names there.
 */
export const refusals = {
  'refused.case_changed': 'The case has changed since you looked at it. Look again.',
  'refused.draft_changed': 'Somebody changed the reply since you looked at it. Look again.',
  'refused.draft_replaced': 'This reply was replaced by another one. Look at that one.',
  'refused.draft_taken_over': 'The draft was changed in a mail program meanwhile; its words are taken over. Look at them.',
  'refused.draft_sent_elsewhere': 'The draft was sent from a mail program meanwhile.',
  'refused.draft_deleted_there': 'The draft was deleted in a mail program meanwhile. Send it again if it is to go out nevertheless.',
  'refused.merged': 'The case was merged into case {id}.',
  'refused.other_sending': 'Another reply of this case is on its way already.',
  'refused.draft_being_placed': 'This draft is just being put into Drafts; try again in a moment.',
  'refused.draft_state': 'The reply can neither be changed nor sent: {state}.',
  'refused.draft_only_there': 'Somebody put files or other recipients into the draft in a mail program: finish and send it there.',
  'refused.draft_not_deleted': 'This draft lies in Drafts, or was sent.',
  'refused.draft_none': 'There is no reply to send.',
  'refused.draft_length': 'A reply has 1 to 50,000 characters.',
  'refused.reply_none': 'Nobody is to be answered.',
  'refused.reply_no_grounds': 'There is nothing from which a reply could be written; have the case read again first.',
  'refused.reply_no_template': 'The merchant has no reply for that: {detail}',
  'refused.decision_none': 'There is no decision yet.',
  'refused.decision_not_overridden': 'The decision was not overridden.',
  'refused.decision_basis': 'What this case was decided from was not kept; have it read again first.',
  'refused.override_choice': 'Choose a decision.',
  'refused.override_reason': 'Say why the decision is overridden.',
  'refused.override_rule': 'The policy has no rule that leads there.',
  'refused.override_clause': 'The merchant’s policy has no such clause.',
  'refused.override_sum': 'A sum is written like 19.90 EUR.',
  'refused.ask_what': 'Say what the customer is to be asked for.',
  'refused.no_pack': 'This case is of no merchant whose pack is known.',
  'refused.fact_unknown': 'There is no such fact.',
  'refused.fact_topic': 'A mail is always about something: choose a topic.',
  'refused.fact_list': '{fact} can be {choices}.',
  'refused.fact_number': '{fact} is a number.',
  'refused.fact_yes_or_no': '{fact} can be true or false.',
  'refused.fact_shape': '{fact} is written like {like}.',
  'refused.fact_day': 'There is no such day as {value}.',
  'refused.note_empty': 'The note is empty.',
  'refused.note_not_kept': 'The note was not kept.',
  'refused.case_closed': 'The case is closed.',
  'refused.case_open': 'The case is open.',
  'refused.snooze_when': 'Say until when.',
  'refused.snooze_past': 'A case is put away until a time that is still ahead.',
  'refused.quarantine_first': 'The case is in quarantine: take it back first.',
  'refused.quarantine_already': 'The case is in quarantine already.',
  'refused.no_mail': 'The case has no mail of a customer.',
  'refused.merge_itself': 'A case cannot be merged into itself.',
  'refused.merge_no_case': 'There is no case {id}.',
  'refused.merge_merged': 'Case {id} was merged into case {into}.',
  'refused.merge_merchants': 'The two cases are of different merchants.',
  'refused.merge_sending': 'A reply is on its way; wait until it is sent, or undo it.',
  'refused.split_not_here': 'These mails are not all in this case.',
  'refused.split_all': 'A case keeps at least one mail.',
  'refused.split_first': 'The first mail of a case stays; take the others out.',
  'refused.split_elsewhere': 'These mails belong to another case already.',
} as const satisfies Readonly<Record<string, string>>;

export type Refusal = keyof typeof refusals;
export type RefusalValues = Readonly<Record<string, string>>;

export function refusalText(sentence: string, values: RefusalValues): string {
  return sentence.replaceAll(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '');
}
