import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { plainTexts } from '../../shared/kernel/plain-text.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { Campaign, CampaignSummary } from './campaign.ts';
import { consentOf } from './consent-versions.ts';
import { type Coalition, Partnership, requirePart } from './partnership.ts';
import { statusAt, toSummary, versionInForce } from './publish-campaign.ts';

const reason = Reason.optional();

export const PartnerInvitation = z
  .strictObject({ organisation: Slug.describe('One of the network'), reason })
  .meta({ id: 'PartnerInvitation' });

/** What a partner says: all of it, in the place of what is there. */
export const PartnerTerms = z
  .strictObject({
    texts: plainTexts(400, { lines: true })
      .optional()
      .describe('An introduction in its own words, shown to those who come through it; plain text'),
    consent: plainTexts(2_000, { lines: true })
      .optional()
      .describe(
        "What it asks of supporters for itself, such as “May we write to you?”; in the campaign's default language at least",
      ),
    reason,
  })
  .meta({ id: 'PartnerTerms' });

export const PartnershipsQuery = z.strictObject({
  cursor: Slug.optional().meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
type PartnershipsQuery = z.output<typeof PartnershipsQuery>;

const cursor = z.string().nullable().describe('To go on with; null at the end');
const counts = z
  .strictObject({ signatures: z.int(), pledges: z.int() })
  .describe('What counts by this partner now');

export const PartnershipView = z
  .strictObject({
    ...Partnership.shape,
    state: Partnership.shape.state.describe('`left`: ended by either of the two; the log says by whom'),
    partner: Slug.optional().describe('While it is a partner, the code by which its supporters are counted'),
    link: z.string().optional().describe('Path of the page for its supporters; as `?partner=` in the widget'),
    consent: z
      .strictObject({ id: Slug, version: z.int(), texts: Partnership.shape.texts.unwrap() })
      .optional()
      .describe('What it asks of its supporters for itself now'),
    version: z.int().describe('The ETag names it; 0 for who was a partner before there were invitations'),
  })
  .meta({ id: 'Partnership' });
export type PartnershipView = z.output<typeof PartnershipView>;

export const PartnerList = z
  .strictObject({
    partners: z.array(PartnershipView.extend({ name: z.string(), counts })).describe('By slug'),
    cursor,
  })
  .meta({ id: 'PartnerList' });
export type PartnerList = z.output<typeof PartnerList>;

/** What an organisation is told, also of a campaign that it is only invited to. */
const OwnPartnership = PartnershipView.extend({
  about: CampaignSummary.omit({ slug: true }).extend({ defaultLanguage: Campaign.shape.defaultLanguage }),
}).meta({ id: 'OwnPartnership' });
type OwnPartnership = z.output<typeof OwnPartnership>;

export const CountedPartnership = OwnPartnership.extend({ counts }).meta({ id: 'CountedPartnership' });
export type CountedPartnership = z.output<typeof CountedPartnership>;

export const PartnershipList = z
  .strictObject({
    partnerships: z.array(OwnPartnership).describe('By campaign; titles in the default language of each'),
    cursor,
  })
  .meta({ id: 'PartnershipList' });
export type PartnershipList = z.output<typeof PartnershipList>;

/** @throws Problem `not-found` where there is none. */
export function toPartnershipView(coalition: Coalition): PartnershipView {
  const { campaign, partnership } = requirePart(coalition);
  const { organisation: partner, state } = partnership;
  const consent = consentOf(campaign.consents, partner);
  return {
    ...partnership,
    ...(state === 'accepted' && { partner, link: `/c/${campaign.slug}?partner=${partner}` }),
    ...(consent && !consent.retired && { consent: toConsent(consent) }),
  };
}

/** The same for the organisation. @param owner name of the organisation that the campaign is of. */
export function toOwnPartnership(coalition: Coalition, owner: string, now: number): OwnPartnership {
  const { campaign } = coalition;
  const { defaultLanguage } = campaign;
  const named = { slug: campaign.owner, name: owner };
  const { slug: _slug, ...summary } = toSummary(campaign, named, defaultLanguage);
  return {
    ...toPartnershipView(coalition),
    about: { ...summary, status: statusAt(campaign, now), defaultLanguage },
  };
}

/** So many of these slugs after the cursor, in their order, and the cursor to go on with. */
export function pageOf(slugs: Iterable<string>, { cursor: after = '', limit }: PartnershipsQuery) {
  const left = [...new Set(slugs)].sort().filter((slug) => slug > after);
  const page = left.slice(0, limit);
  return { page, cursor: left.length > limit ? (page.at(-1) ?? null) : null };
}

function toConsent(consent: Campaign['consents'][number]): NonNullable<PartnershipView['consent']> {
  const { version, texts } = versionInForce(consent);
  return { id: consent.id, version, texts };
}
