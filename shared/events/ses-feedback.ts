import * as z from 'zod';

/**
 * What the rules on the account's default bus hand on of an event of SES: its kind and the tags of the mail.
 * The input transformer in infra/constructs/ses-feedback.ts drops the addresses.
 */
export const SesFeedback = z.object({
  kind: z.enum(['Delivery', 'Bounce', 'Complaint', 'Reject']),
  /** Value of the tag that the rule asks for: the address hash of a confirmation, or a letter's id and which of its mails. */
  tag: z.string(),
  at: z.string(),
});
export type SesFeedback = z.output<typeof SesFeedback>;
