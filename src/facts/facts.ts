/**
 * Facts: what a mail claims, each with the words it was read from. The vocabulary is an interface to other programs
 * and may only grow. Frozen; made by `readFacts`.
 */
export const topics = ['refund', 'technical_problem', 'cancellation', 'revision', 'privacy', 'other', 'machine'] as const;
export type Topic = (typeof topics)[number];

export const reasons = [
  'technical_failure', 'service_outage', 'duplicate_charge', 'wrong_amount', 'duplicate_debit', 'unauthorized_payment',
  'unused_balance', 'used_balance', 'dissatisfied_result', 'changed_mind', 'defective_item', 'damaged_in_transit', 'wrong_item',
  'not_received', 'late_delivery', 'wrong_address', 'minor_color_difference', 'price_drop',
] as const;
export type Reason = (typeof reasons)[number];

export const products = ['physical', 'credits', 'credit_pack', 'subscription', 'balance', 'digital_service'] as const;
export type Product = (typeof products)[number];

export const flags = [
  'chargeback', 'fair_use', 'legal_threat', 'child_data', 'privacy_request', 'no_refund_policy', 'payment_card_number',
  'sender_unverified', 'sender_mismatch', 'conflicting_facts', 'prompt_injection', 'dangerous_attachment', 'encrypted', 'several_requests',
] as const;
export type Flag = (typeof flags)[number];

/** Each fact's name and the type of its value; the shapes of the strings are in the comments. */
export interface FactValues {
  /** lower case */
  account_email: string;
  /** as written, without `#`, `№` */
  order_number: string;
  transaction_id: string;
  /** `free` `turbo` `base` `pro` `ultra` */
  generator: string;
  /** `Chrome 126` */
  browser: string;
  /** `Windows 11` */
  os: string;
  /** `2026-03-17` or `2026-03-17T14:05`, local to the writer */
  occurred_at: string;
  paid_at: string;
  fulfilled_at: string;
  /** `19.90 EUR` */
  amount: string;
  amount_claimed: string;
  /** `card` `sbp` `crypto` `ton` `telegram_stars` `paypal` `apple_pay` `google_pay` */
  payment_method: string;
  /** four digits */
  card_last4: string;
  credits_used: number;
  credits_total: number;
  credits_left: number;
  revision_count: number;
  /** 0–100 */
  used_percent: number;
  outage_hours: number;
  /** `@name` or digits */
  telegram_id: string;
  /** `refund` or `replacement` */
  preferred_resolution: string;
  promo_funds: boolean;
  account_blocked: boolean;
  partial_bundle: boolean;
  work_started: boolean;
  printed: boolean;
  approved: boolean;
}
export type FactName = keyof FactValues;
export const factNames = [
  'account_email', 'order_number', 'transaction_id', 'generator', 'browser', 'os', 'occurred_at', 'paid_at', 'fulfilled_at', 'amount',
  'amount_claimed', 'payment_method', 'card_last4', 'credits_used', 'credits_total', 'credits_left', 'revision_count', 'used_percent',
  'outage_hours', 'telegram_id', 'preferred_resolution', 'promo_funds', 'account_blocked', 'partial_bundle', 'work_started', 'printed', 'approved',
] as const satisfies readonly FactName[];

/** `agent`: a person of ours said so at the desk; never in a reading. */
export type FactSource = 'body' | 'subject' | 'header' | 'attachment' | 'thread' | 'order' | 'model' | 'agent';

export interface Fact<Value = string | number | boolean> {
  readonly value: Value;
  readonly source: FactSource;
  /** The verbatim stretch of text the value was read from. */
  readonly evidence: string;
  /** What the customer says, where the merchant's records say otherwise. */
  readonly instead_of?: Omit<Fact, 'instead_of'>;
}

export type FactMap = { readonly [Name in FactName]?: Fact<FactValues[Name]> };

/** What only one merchant's policy speaks of, as its pack names it: `is_opened`. True or false. */
export type OwnFactName = `is_${string}` | `has_${string}` | `was_${string}`;

/** What a policy can require beside facts. */
export type Requirement = FactName | OwnFactName | 'screenshot' | 'photo' | 'description' | 'reason';

export interface Facts {
  /** ISO 639-1 of the customer's own text. */
  readonly language: string;
  readonly topic: Topic;
  readonly reason: Reason | null;
  readonly product: Product | null;
  readonly values: FactMap;
  /** The merchant's own facts, where its pack names some and the mail speaks of them. */
  readonly own?: Readonly<Partial<Record<OwnFactName, Fact<boolean>>>>;
  /** False where the mail says nothing of what happened beyond the bare demand. */
  readonly described: boolean;
  /** The mail brings a picture or recording of the screen. */
  readonly hasScreenshot: boolean;
  /** The mail brings a photo. */
  readonly hasPhoto: boolean;
  /** What a topic of `privacy` is about; null for the other topics. */
  readonly privacy: 'request' | 'question' | 'child' | 'other' | null;
  /** In the order of `flags`. */
  readonly flags: readonly Flag[];
  /** The request is taken back, in so many words: never answered by a draft, a person sees it. Absent otherwise. */
  readonly withdrawn?: true;
}
