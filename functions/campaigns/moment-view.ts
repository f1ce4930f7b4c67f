import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { type Campaign, Slug } from './campaign.ts';
import { Days, type Moment, momentFields, momentName, nextDays, refuseReversed } from './moment.ts';
import { campaignsOf } from './moment-campaigns.ts';

/** What the secretariat sends: the whole of it but what is counted here. */
export const MomentRequest = z
  .strictObject({ ...momentFields, reason: Reason.optional() })
  .superRefine(refuseReversed)
  .meta({ id: 'MomentRequest' });

/** A moment in all its languages. */
export const MomentView = z
  .strictObject({ slug: Slug, ...momentFields, changedAt: z.iso.datetime() })
  .meta({ id: 'Moment' });
export type MomentView = z.output<typeof MomentView>;

/** The moments as anyone may read them, in one language. */
export const MomentList = z
  .strictObject({
    moments: z.array(
      z.strictObject({
        slug: Slug,
        name: z.string(),
        on: momentFields.on,
        until: momentFields.until,
        next: Days.nullable().describe(
          'Its days this time or, once they are over, the next; null: never again',
        ),
        country: momentFields.country,
        url: momentFields.url,
        campaigns: z.int().nonnegative().describe('Campaigns that can be acted on now, chapters included'),
      }),
    ),
  })
  .meta({ id: 'MomentList' });
export type MomentList = z.output<typeof MomentList>;

export const MomentPath = z.object({
  moment: Slug.meta({ description: 'Slug of the moment', example: 'world-mental-health-day' }),
});

export function toMomentView({ version: _, ...moment }: Moment): MomentView {
  return moment;
}

/** By their next days, those that never come again last; `campaigns` in the states that they are in by their times. */
export function toMomentList(
  moments: Moment[],
  campaigns: Campaign[],
  language: Language,
  now: number,
): MomentList {
  const live = campaigns.filter(({ status }) => status === 'live');
  const countLive = (slug: string) => {
    const its = new Set(campaignsOf(slug, campaigns));
    return live.filter((campaign) => its.has(campaign)).length;
  };
  const rows = moments.map((moment) => {
    const { slug, on, until, country, url } = moment;
    const [name, next] = [momentName(moment, language), nextDays(moment, now)];
    return {
      ...{ slug, name, on, ...(until && { until }), next },
      ...{ ...(country && { country }), ...(url && { url }), campaigns: countLive(slug) },
    };
  });
  const order = ({ next, slug }: (typeof rows)[number]) => `${next?.from ?? 'never'} ${slug}`;
  return { moments: rows.sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}
