import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import type { Campaign } from '../campaigns/read.ts';
import { type Action, verificationOf } from './action.ts';
import { ActionId, eachOnce, toBulkAnswer } from './bulk.ts';
import { saidIn } from './join-campaign.ts';
import { type Owner, toOwnView } from './own-action.ts';

export const VerificationRequest = z
  .strictObject({
    actions: eachOnce(ActionId, (id) => id),
    unchangedSince: z.iso
      .datetime()
      .optional()
      .describe(
        'The latest `changedAt` among them, as they were listed: what was confirmed anew after that is not verified, since it may say something else',
      ),
    reason: Reason.optional(),
  })
  .meta({ id: 'VerificationRequest' });
export type VerificationRequest = z.output<typeof VerificationRequest>;

const verified = [
  'verified',
  'verified-before',
  'changed',
  'ask-changed',
  'not-to-verify',
  'not-counted',
  'unknown',
] as const;
export type Verified = (typeof verified)[number];

export const VerificationAnswer = toBulkAnswer(
  verified,
  '`changed`: it was changed after `unchangedSince`. `ask-changed`: the campaign asks for something else since it was confirmed; have it pledged again. `not-to-verify`: it counts without that. `not-counted`: it was taken back. `unknown`: it is no action of this campaign. `failed`: try again',
).meta({ id: 'VerificationAnswer' });
export type VerificationAnswer = z.output<typeof VerificationAnswer>;

/** The campaign that verifies, and since when it asks what it asks. */
export type Asking = Owner & Pick<Campaign, 'askSince'>;

/** Why there is nothing to verify; undefined when there is. */
export function refuseVerification(
  campaign: Asking,
  action: Action,
  { unchangedSince }: Pick<VerificationRequest, 'unchangedSince'>,
): Verified | undefined {
  if (!toOwnView(campaign, action)) return 'unknown';
  const { state, current, changedAt = 0 } = action;
  if (state !== 'confirmed') return 'not-counted';
  const verification = current && verificationOf(current);
  if (verification?.verifiedAt) return 'verified-before';
  if (!verification?.toVerify) return 'not-to-verify';
  if (unchangedSince && changedAt > Date.parse(unchangedSince)) return 'changed';
  return isOfFormerAsk(campaign, action) ? 'ask-changed' : undefined;
}

/** What waits is not counted yet, so the ask could still be changed: nobody is counted for what they never read. */
function isOfFormerAsk({ slug, askSince }: Asking, { current, confirmedAt = 0 }: Action): boolean {
  const said = current && saidIn(current, slug);
  if (!askSince || !said) return false;
  return ('at' in said ? said.at : confirmedAt) < Date.parse(askSince);
}
