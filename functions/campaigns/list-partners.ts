import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readMembershipsNow, requireCampaign } from '../members/read.ts';
import { findOrganisationName } from '../network/read.ts';
import { readPartnerCounts } from '../tallies/read.ts';
import type { Campaign } from './campaign.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { type Partnership, standing } from './partnership.ts';
import { listPartnerships } from './partnership-store.ts';
import {
  type PartnerList,
  PartnershipsQuery,
  type PartnershipView,
  pageOf,
  toPartnershipView,
} from './partnership-view.ts';
import { toldAllOf } from './told-all-of.ts';

/** Who is invited to a campaign, and who takes part, as far as the caller may know, with what counts by each. */
export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const known = await requireCampaign(path['slug'] ?? '', claims, 'readCampaign', now);
  const wanted = validate(PartnershipsQuery, query);
  const [memberships, stored, counts, campaign = known] = await Promise.all([
    readMembershipsNow(claims, now),
    listPartnerships(known.slug),
    readPartnerCounts(known.slug),
    getStoredCampaign(known.slug),
  ]);
  const isTold = toldAllOf(campaign, memberships);
  const shown = partnershipsOf(campaign, stored).filter(
    ({ organisation, state }) => state === 'accepted' || isTold(organisation),
  );
  const { page, cursor } = pageOf(
    shown.map(({ organisation }) => organisation),
    wanted,
  );
  const partners = page.map(async (slug) => {
    const partnership = shown.find(({ organisation }) => organisation === slug);
    const view = toPartnershipView({ campaign, partnership });
    return {
      ...(isTold(slug) ? view : withoutWords(view)),
      name: await findOrganisationName(slug, now),
      counts: counts(slug),
    };
  });
  return json(200, { partners: await Promise.all(partners), cursor } satisfies PartnerList);
});

/** Not what a partner says, which is public only where its own link leads. */
function withoutWords({ texts: _texts, consent: _consent, ...view }: PartnershipView): PartnershipView {
  return view;
}

/** With those from before there were invitations. */
function partnershipsOf(campaign: Campaign, stored: Partnership[]): Partnership[] {
  const isStored = (slug: string) => stored.some(({ organisation }) => organisation === slug);
  const older = campaign.partners.filter((slug) => !isStored(slug));
  return [...stored, ...older.flatMap((slug) => standing(campaign, slug, undefined) ?? [])];
}
