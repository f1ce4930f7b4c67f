import type * as z from 'zod';
import { Action, Current, Details, fromKey, toActionId, verificationOf } from './action.ts';
import { toShownLogo } from './logo.ts';
import type { ShownOrganisation } from './organisation-request.ts';

const Pledge = Details.shape.pledge.unwrap();

/** What is read of a stored action to show the organisation that pledges or endorses: nothing of who spoke for it. */
export const OrganisationAction = Action.pick({ pk: true, sk: true, state: true }).extend({
  current: Current.pick({ country: true, endorser: true, logo: true })
    .extend({ pledge: Pledge.omit({ note: true }).optional() })
    .optional(),
});
export type OrganisationAction = z.output<typeof OrganisationAction>;
export const organisationPaths = [
  ...['pk', 'sk', 'state', 'current.country', 'current.endorser', 'current.logo'],
  ...['amount', 'currency', 'interval', 'atLeast', 'toVerify', 'verifiedAt', 'pledger'].map(
    (name) => `current.pledge.${name}`,
  ),
];

/** Its logo by a path of this site. Undefined of what does not stand, is not verified by now, or is no organisation's. */
export function toShownOrganisation({ state, current }: OrganisationAction): ShownOrganisation | undefined {
  if (state !== 'confirmed' || !current) return undefined;
  const { country, pledge, endorser, logo } = current;
  const { toVerify, verifiedAt } = verificationOf(current) ?? {};
  const { name, url } = endorser ?? { ...pledge?.pledger, url: undefined };
  if (toVerify || verifiedAt === undefined || !name) return undefined;
  const { amount, currency, interval, atLeast } = pledge ?? {};
  return {
    name,
    country,
    ...(url && { url }),
    ...(logo && { logo: toShownLogo(logo) }),
    ...(amount && { amount, currency, interval }),
    ...(atLeast && { atLeast }),
    verifiedAt: new Date(verifiedAt).toISOString(),
  };
}

export function idOf(action: OrganisationAction): string {
  return toActionId(fromKey(action));
}
