/** A draft: the reply a person will approve. It says only what the decision backs. Frozen; made by `writeDraft`. */
export interface Draft {
  readonly to: string;
  readonly subject: string;
  /** ISO 639-1: the customer's language where the merchant's policy lists it and templates exist, else English. */
  readonly language: string;
  /** Name of the reply template. */
  readonly template: string;
  readonly text: string;
  readonly html: string;
}
