import * as z from 'zod';
import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import type { Change } from './action-store.ts';
import { ActionId, eachOnce, toBulkAnswer } from './bulk.ts';
import { isShared, type Owner, toOwnView } from './own-action.ts';

export const InvalidationRequest = z
  .strictObject({
    actions: eachOnce(ActionId, (id) => id),
    reason: InvalidationReason.describe('Told in public with the count, by day; it names nobody'),
  })
  .meta({ id: 'InvalidationRequest' });

const invalidated = ['invalidated', 'unchanged', 'shared', 'unknown'] as const;
type Invalidated = (typeof invalidated)[number];

export const InvalidationAnswer = toBulkAnswer(
  invalidated,
  '`unchanged`: it did not stand confirmed, perhaps because it was invalidated before. `shared`: its supporter has signed other campaigns of the root, too, whose campaigners may invalidate it. `unknown`: it is no action of this campaign. `failed`: try again',
).meta({ id: 'InvalidationAnswer' });
export type InvalidationAnswer = z.output<typeof InvalidationAnswer>;

/** What is told of a write that was made or refused: of another campaign's action no more than of none. */
export function toInvalidated(campaign: Owner, { done, action }: Change): Invalidated {
  if (done) return 'invalidated';
  const view = toOwnView(campaign, action);
  if (!view) return 'unknown';
  return view.state === 'confirmed' && isShared(campaign, action) ? 'shared' : 'unchanged';
}
