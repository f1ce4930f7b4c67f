import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';

/** To every submission, new, repeated or suppressed. */
export const TakenAnswer = z
  .strictObject({ status: z.literal('check-your-email') })
  .meta({ id: 'TakenAnswer' });
export type TakenAnswer = z.output<typeof TakenAnswer>;

/** To a confirmation, and the same again when it is repeated. */
export const ConfirmedAnswer = z
  .strictObject({
    status: z.literal('confirmed'),
    campaign: z.string().meta({ description: 'Slug of the campaign' }),
    kind: ActionKind,
    manageUrl: z.url().meta({ description: 'Personal: shows, withdraws and erases the action' }),
    tallyUrl: z.url(),
  })
  .meta({ id: 'ConfirmedAnswer' });
export type ConfirmedAnswer = z.output<typeof ConfirmedAnswer>;

/** To a withdrawal or an erasure, and the same again when it is repeated. */
export const LeftAnswer = z
  .strictObject({
    status: z.enum(['withdrawn', 'erased']),
    campaign: z.string().meta({ description: 'Slug of the root campaign' }),
    kind: ActionKind,
  })
  .meta({ id: 'LeftAnswer' });
export type LeftAnswer = z.output<typeof LeftAnswer>;
