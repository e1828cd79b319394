/** A pointer to one mail: the mailbox keeps the mail, everything else only points to it. */
export interface MailPointer {
  readonly mailbox: string;
  /** As a decimal string. */
  readonly uidValidity: string;
  readonly uid: number;
}
