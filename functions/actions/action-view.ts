import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { Action, Details, fromKey, toActionId } from './action.ts';
import { changesOf } from './count-history.ts';

const Pledge = Details.shape.pledge.unwrap();

/** What is read of a stored action to show it: nothing that says who it was. */
export const ActionFacts = Action.pick({
  pk: true,
  sk: true,
  state: true,
  changedAt: true,
  history: true,
  historyVersions: true,
}).extend({
  current: Details.pick({ campaign: true, country: true, partner: true, source: true })
    .extend({
      pledge: Pledge.omit({ pledger: true, note: true }).optional(),
    })
    .optional(),
});
export type ActionFacts = z.output<typeof ActionFacts>;

/** An action that was confirmed, as campaigners see it: what it counts by, and when it came and went. */
export const ActionView = z
  .strictObject({
    action: z.string().describe('Id of the action'),
    campaign: z.string().describe('Slug of the campaign or chapter that was signed'),
    kind: ActionKind,
    state: Action.shape.state.exclude(['pending']),
    country: Country,
    partner: z.string().optional(),
    source: z.string().optional(),
    confirmedAt: z.iso.datetime().describe('When it was confirmed, for the last time if again'),
    changedAt: z.iso.datetime().describe('When it last began, changed or ceased to count'),
    pledge: z
      .strictObject({
        amount: z
          .int()
          .positive()
          .optional()
          .describe('Minor units of the currency; without amount, currency and interval it is of support'),
        currency: Currency.optional(),
        interval: Pledge.shape.interval,
        atLeast: Pledge.shape.atLeast.describe('It holds only once this many have pledged'),
        fulfilled: z.int().positive().optional().describe('How much of it was paid so far, in minor units'),
        toVerify: z.boolean().describe('It does not count before a campaigner has verified it'),
      })
      .optional(),
  })
  .meta({ id: 'Action' });
export type ActionView = z.output<typeof ActionView>;

/** Undefined for what was never confirmed, and for what was erased before it counted. */
export function toActionView(facts: ActionFacts): ActionView | undefined {
  const { state, current, changedAt } = facts;
  const changes = changesOf(facts);
  const confirmedAt = changes.findLast(({ kind }) => kind === 'confirmed')?.at;
  // Of what was erased, what it counted by is all that is left.
  const said = current ?? changes.findLast(({ after }) => after)?.after;
  if (state === 'pending' || !confirmedAt || !said) return undefined;
  const { campaign, country, partner, source } = said;
  const fulfilled = changes.at(-1)?.after?.pledge?.fulfilled;
  return {
    action: toActionId(fromKey(facts)),
    campaign,
    kind: fromKey(facts).kind,
    state,
    country,
    ...(partner && { partner }),
    ...(source && { source }),
    confirmedAt: new Date(confirmedAt).toISOString(),
    changedAt: new Date(changedAt ?? confirmedAt).toISOString(),
    ...(current?.pledge && { pledge: { ...current.pledge, ...(fulfilled && { fulfilled }) } }),
  };
}
