import * as z from 'zod';
import { ListedMoment } from '../../shared/kernel/public-moment.ts';
import type { Campaign } from './campaign.ts';
import { campaignsOf } from './moment-campaigns.ts';

/** The moments as anyone may read them, in one language. */
export const MomentList = z
  .strictObject({
    moments: z.array(
      ListedMoment.extend({
        campaigns: z.int().nonnegative().describe('Campaigns that can be acted on now, chapters included'),
      }),
    ),
  })
  .meta({ id: 'MomentList' });
export type MomentList = z.output<typeof MomentList>;

/** By their next days, those that never come again last; `campaigns` in the states that they are in by their times. */
export function toMomentList(moments: ListedMoment[], campaigns: Campaign[]): MomentList {
  const live = campaigns.filter(({ status }) => status === 'live');
  const countLive = (slug: string) => {
    const its = new Set(campaignsOf(slug, campaigns));
    return live.filter((campaign) => its.has(campaign)).length;
  };
  const rows = moments.map((moment) => ({ ...moment, campaigns: countLive(moment.slug) }));
  const order = ({ next, slug }: ListedMoment) => `${next?.from ?? 'never'} ${slug}`;
  return { moments: rows.sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}
