import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { Campaign } from '../campaigns/read.ts';
import type { Target } from '../targets/read.ts';
import { type History, identifyLetter, type Letter } from './letter.ts';

type Milestone = CatalogueEvent<'MilestoneReached'>['detail'];

/** As many days as a small chart can show. */
const mostDays = 60;

/** One letter for each target: all of them at a world milestone, a country's own at that country's. */
export function toLetters(
  milestone: Milestone,
  { slug, salt }: Pick<Campaign, 'slug' | 'salt'>,
  targets: Target[],
  days: History,
): Letter[] {
  const { scope, threshold, figures } = milestone;
  const at = Date.parse(milestone.at);
  const occasion = { scope, threshold };
  const history = toHistory(days, figures.signatures, at);
  return targets
    .filter(({ area_id }) => scope === 'world' || area_id === scope)
    .map(({ id, area_id }) => ({
      campaign: slug,
      ...identifyLetter({ slug, salt }, id, occasion, at),
      version: at,
      state: 'requested' as const,
      target: id,
      country: area_id,
      occasion,
      figures,
      history,
      requestedAt: at,
      changedAt: at,
    }));
}

/** The days before a moment, evenly thinned out if they are many, and then the count at the moment itself. */
export function toHistory(days: History, count: number, at: number): History {
  const today = utcDay(at);
  const before = days.filter(({ day }) => day < today);
  const step = Math.max(1, Math.ceil(before.length / (mostDays - 1)));
  return [...before.filter((_, index) => index % step === 0), { day: today, count }];
}
