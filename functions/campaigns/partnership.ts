import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { Texts } from '../../shared/kernel/language.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { refuseArchived } from './apply-settings.ts';
import type { Campaign } from './campaign.ts';
import { withPartnerConsent } from './consent-versions.ts';

/** An organisation's part in a campaign of another one. */
export const Partnership = z.strictObject({
  campaign: Slug,
  organisation: Slug,
  /** `left` is ended by either of the two; the log says by whom. */
  state: z.enum(['invited', 'accepted', 'declined', 'left']),
  invitedAt: z.iso.datetime().optional(),
  answeredAt: z.iso.datetime().optional(),
  /** An introduction in the partner's words, for those who come through it. */
  texts: Texts.optional(),
  /** Counts the changes; 0 where it is older than invitations are, and not stored. */
  version: z.int().nonnegative(),
});
export type Partnership = z.output<typeof Partnership>;

/** What a partner says in a campaign: an introduction, and what it asks of supporters for itself. */
export interface Terms {
  texts?: Texts | undefined;
  consent?: Texts | undefined;
}

/** A campaign, and the part that one organisation has in it, if it has any. */
export interface Coalition {
  campaign: Campaign;
  partnership: Partnership | undefined;
}

/** The part that an organisation has: who was a partner before there were invitations has accepted. */
export function standing(
  { slug, partners }: Campaign,
  organisation: string,
  stored: Partnership | undefined,
): Partnership | undefined {
  if (stored || !partners.includes(organisation)) return stored;
  return { campaign: slug, organisation, state: 'accepted', version: 0 };
}

/** Who is invited or is a partner already stays so. @throws Problem `invalid-fields` for the owner; `conflict`. */
export function invite(coalition: Coalition, organisation: string, now: number): Coalition {
  const { campaign, partnership } = coalition;
  refuseArchived(campaign);
  if (campaign.owner === organisation)
    throw wrong('/organisation', 'own-organisation', 'The campaign is of this organisation itself.');
  if (partnership?.state === 'invited' || partnership?.state === 'accepted') return coalition;
  const { version = 0 } = partnership ?? {};
  const invited = { campaign: campaign.slug, organisation, state: 'invited', version } as const;
  return { campaign, partnership: { ...invited, invitedAt: toIso(now) } };
}

/** Accepting again in the same words changes nothing. @throws Problem `not-found` to who was not invited; `conflict`. */
export function accept(coalition: Coalition, terms: Terms, now: number): Coalition {
  const { campaign, partnership } = requirePart(coalition);
  if (partnership.state === 'accepted') {
    if (isDeepStrictEqual(withTerms(campaign, partnership, terms, now), coalition)) return coalition;
    throw new Problem('conflict', 'It was accepted before, in other words; PUT changes them.');
  }
  refuseArchived(campaign);
  requireInvited(partnership);
  const joined = { ...campaign, partners: [...campaign.partners, partnership.organisation] };
  return withTerms(joined, { ...partnership, state: 'accepted', answeredAt: toIso(now) }, terms, now);
}

/** @throws Problem `not-found` to who was not invited; `conflict` when it was accepted. */
export function decline(coalition: Coalition, now: number): Coalition {
  const { campaign, partnership } = requirePart(coalition);
  if (partnership.state === 'declined') return coalition;
  requireInvited(partnership);
  return { campaign, partnership: { ...partnership, state: 'declined', answeredAt: toIso(now) } };
}

/** What a partner says from now on; what it leaves out is gone. @throws Problem `not-found`; `conflict` for who is no partner. */
export function say(coalition: Coalition, terms: Terms, now: number): Coalition {
  const { campaign, partnership } = requirePart(coalition);
  refuseArchived(campaign);
  requireAccepted(partnership);
  return withTerms(campaign, partnership, terms, now);
}

/**
 * Ends a partnership, or takes an invitation back: the code leaves the campaign's list, and the consent is asked no more.
 * What was counted, and what was granted, stays. @throws Problem `not-found` where there is none.
 */
export function end(coalition: Coalition, now: number): Coalition {
  const { campaign, partnership } = requirePart(coalition);
  if (partnership.state === 'left' || partnership.state === 'declined') return coalition;
  refuseArchived(campaign);
  const partners = campaign.partners.filter((each) => each !== partnership.organisation);
  const consents = withPartnerConsent(campaign.consents, partnership.organisation, undefined, now);
  return {
    campaign: { ...campaign, partners, consents },
    partnership: { ...partnership, state: 'left' },
  };
}

/** @throws Problem `not-found`, as to a stranger. */
export function requirePart({ campaign, partnership }: Coalition) {
  if (!partnership) throw new Problem('not-found', 'There is nothing here for you.');
  return { campaign, partnership };
}

const over = { declined: 'The invitation was declined', left: 'The partnership has ended' };

function requireInvited({ state }: Partnership): void {
  if (state === 'invited') return;
  const detail =
    state === 'accepted'
      ? 'The invitation was accepted: DELETE ends the partnership.'
      : `${over[state]}: ask the campaign for another invitation.`;
  throw new Problem('conflict', detail);
}

function requireAccepted({ state }: Partnership): void {
  if (state === 'accepted') return;
  const detail =
    state === 'invited'
      ? 'The invitation waits for an answer: accept it first (POST …/accept), maybe with these words.'
      : `${over[state]}. What a partner says is changed once it is invited again and accepts.`;
  throw new Problem('conflict', detail);
}

function withTerms(
  campaign: Campaign,
  { texts: _texts, ...partnership }: Partnership,
  { texts, consent }: Terms,
  now: number,
): Coalition {
  const { defaultLanguage: language } = campaign;
  if (consent && consent[language] === undefined)
    throw wrong(`/consent/${language}`, 'required', "Give it in the campaign's default language at least.");
  const consents = withPartnerConsent(campaign.consents, partnership.organisation, consent, now);
  return { campaign: { ...campaign, consents }, partnership: { ...partnership, ...(texts && { texts }) } };
}

function wrong(pointer: string, code: string, message: string): Problem {
  return invalidFields([{ pointer, code, message }]);
}

function toIso(now: number): string {
  return new Date(now).toISOString();
}
