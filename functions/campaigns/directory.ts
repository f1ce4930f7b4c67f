import * as z from 'zod';
import { Country } from '../../shared/kernel/iso.ts';
import { chooseLanguage, findLanguage } from '../../shared/kernel/language.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import type { Organisation } from '../network/read.ts';
import { type Campaign, CampaignSummary, Topic } from './campaign.ts';
import { languagesOf, toSummary } from './publish-campaign.ts';

/** Where a campaign stands in the directory: 1 after those in the language wanted, the time when it opens, its slug. */
const position = /^[01]~-?\d{1,15}~[a-z0-9-]{1,60}$/;

/** What the public looks for. All that is given has to hold, but for the language: it puts first what is there in it. */
export const DirectoryQuery = z.strictObject({
  country: Country.optional().meta({
    description: 'Addressed to an office of this country (ISO 3166-1 alpha-2)',
    example: 'KE',
  }),
  moment: Slug.optional().meta({
    description: 'Slug of the moment that it, or its root campaign, belongs to',
    example: 'world-mental-health-day',
  }),
  topic: Topic.optional().meta({ example: 'anti-stigma' }),
  lang: z.string().max(200).optional().meta({
    description:
      'Language wanted (BCP 47, or a list of them). Campaigns that have it come first, and are told in it; others in their default language',
    example: 'fr',
  }),
  cursor: z
    .string()
    .regex(position, 'Give the cursor of the answer before, as it is.')
    .optional()
    .meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type DirectoryQuery = z.output<typeof DirectoryQuery>;

/** A campaign as the directory lists it. */
const ListedCampaign = CampaignSummary.extend({
  moment: Slug.optional().describe('The moment that it, or its root campaign, belongs to'),
  topics: z.array(Topic),
  partOf: Slug.optional().describe('Slug of its root campaign, when it is a chapter'),
}).meta({ id: 'ListedCampaign' });
type ListedCampaign = z.output<typeof ListedCampaign>;

export const CampaignList = z
  .strictObject({
    campaigns: z.array(ListedCampaign),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'CampaignList' });
export type CampaignList = z.output<typeof CampaignList>;

/** Those that have the language wanted first, if one is; then the newest first. */
export function inOrder(campaigns: Campaign[], wanted: string | undefined): Campaign[] {
  return campaigns.toSorted((a, b) => compare(positionOf(a, wanted), positionOf(b, wanted)));
}

/** So many of an ordered list after a position, and where the next ones begin. */
export function pageOf(
  ordered: Campaign[],
  { cursor, limit, lang }: Pick<DirectoryQuery, 'cursor' | 'limit' | 'lang'>,
): { campaigns: Campaign[]; cursor: string | null } {
  const isAfter = (campaign: Campaign) => !cursor || compare(positionOf(campaign, lang), cursor) > 0;
  const rest = ordered.filter(isAfter);
  const campaigns = rest.slice(0, limit);
  const last = campaigns.at(-1);
  return { campaigns, cursor: last && rest.length > limit ? positionOf(last, lang) : null };
}

export function toListed(
  campaign: Campaign,
  owner: Organisation | undefined,
  wanted: string | undefined,
): ListedCampaign {
  const { moment, topics, partOf } = campaign;
  const language = chooseLanguage([wanted], languagesOf(campaign), campaign.defaultLanguage);
  const summary = toSummary(campaign, owner, language);
  return { ...summary, ...(moment && { moment }), topics, ...(partOf && { partOf }) };
}

function positionOf(campaign: Campaign, wanted: string | undefined): string {
  const isForeign = wanted !== undefined && !findLanguage([wanted], languagesOf(campaign));
  return `${isForeign ? 1 : 0}~${Date.parse(campaign.opensAt)}~${campaign.slug}`;
}

function compare(one: string, other: string): number {
  const [[foreign, opens, slug = ''], [otherForeign, otherOpens, otherSlug = '']] = [one, other].map((each) =>
    each.split('~'),
  ) as [string[], string[]];
  return (
    Number(foreign) - Number(otherForeign) ||
    Number(otherOpens) - Number(opens) ||
    (slug < otherSlug ? -1 : slug > otherSlug ? 1 : 0)
  );
}
