import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { Action, Current, Details, fromKey, Joined, toActionId } from './action.ts';
import { changesOf } from './count-history.ts';
import { saidIn } from './join-campaign.ts';

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
  current: Current.pick({
    ...{ campaign: true, country: true, partner: true, source: true },
    ...{ endorser: true, logo: true },
  })
    .extend({
      pledge: Pledge.omit({ note: true }).optional(),
      joined: z.array(Joined.omit({ consents: true })).optional(),
    })
    .optional(),
});
export type ActionFacts = z.output<typeof ActionFacts>;

/** An action that was confirmed, as campaigners see it: what it counts by, and when it came and went. */
export const ActionView = z
  .strictObject({
    action: z.string().describe('Id of the action'),
    campaign: z
      .string()
      .describe(
        'Slug of the campaign or chapter that was signed; for a chapter itself, else the last of several',
      ),
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
        pledger: z
          .strictObject({ type: z.literal('organisation'), name: z.string().optional() })
          .optional()
          .describe('The organisation whose pledge waits to be verified; never a person'),
      })
      .optional(),
    endorser: z
      .strictObject({ name: z.string(), url: z.string().optional(), toVerify: z.boolean() })
      .optional()
      .describe('The organisation that supports the ask, while it does; never who speaks for it'),
    logo: z.literal(true).optional().describe('The organisation is shown with a logo'),
  })
  .meta({ id: 'Action' });
export type ActionView = z.output<typeof ActionView>;

type SaidThere = Pick<Details, 'campaign' | 'partner' | 'source'> & { at?: number | undefined };

/**
 * An action by what was said last, or by what was said in one chapter of it. Undefined for what was never confirmed, for
 * what was erased before it counted, and for what the chapter was not signed by.
 */
export function toActionView(facts: ActionFacts, chapter?: string): ActionView | undefined {
  const { state, current, changedAt } = facts;
  const changes = changesOf(facts);
  const lastConfirmed = changes.findLast(({ kind }) => kind === 'confirmed')?.at;
  // Of what was erased, what it counted by is all that is left.
  const said = current ?? changes.findLast(({ after }) => after)?.after;
  const there = said && (chapter === undefined ? said : saidIn(said, chapter));
  if (state === 'pending' || !lastConfirmed || !there) return undefined;
  const { campaign, partner, source, at: confirmedAt = lastConfirmed }: SaidThere = there;
  const fulfilled = changes.at(-1)?.after?.pledge?.fulfilled;
  const { pledge, endorser, logo } = current ?? {};
  return {
    action: toActionId(fromKey(facts)),
    campaign,
    kind: fromKey(facts).kind,
    state,
    country: said.country,
    ...(partner && { partner }),
    ...(source && { source }),
    confirmedAt: new Date(confirmedAt).toISOString(),
    changedAt: new Date(changedAt ?? confirmedAt).toISOString(),
    ...(pledge && { pledge: toPledge(pledge, state, fulfilled) }),
    ...(endorser && state === 'confirmed' && { endorser: toEndorser(endorser) }),
    ...(logo && state === 'confirmed' && { logo: true }),
  };
}

function toEndorser({ name, url, toVerify }: NonNullable<Details['endorser']>): ActionView['endorser'] {
  return { name, ...(url && { url }), toVerify };
}

type StoredPledge = NonNullable<NonNullable<ActionFacts['current']>['pledge']>;

/** While an organisation's waits, its name says to campaigners what there is to verify. */
function toPledge(
  { amount, currency, interval, atLeast, toVerify, pledger }: StoredPledge,
  state: Action['state'],
  fulfilled: number | undefined,
): NonNullable<ActionView['pledge']> {
  const { type, name } = pledger;
  const waits = state === 'confirmed' && toVerify;
  return {
    ...(amount && { amount, currency, interval }),
    ...(atLeast && { atLeast }),
    ...(fulfilled && { fulfilled }),
    toVerify,
    ...(waits && type === 'organisation' && { pledger: { type, ...(name && { name }) } }),
  };
}
