import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { Campaign } from '../campaigns/read.ts';
import type { Target } from '../targets/read.ts';
import { type History, identifyLetter, type Letter } from './letter.ts';

type Milestone = CatalogueEvent<'MilestoneReached'>['detail'];

/** As many days as a small chart can show. */
const mostDays = 60;
const dayLength = 24 * 60 * 60 * 1_000;

/** One letter for each target: all of them at a world milestone, a country's own at that country's. */
export function toLetters(
  milestone: Milestone,
  { slug, salt, opensAt }: Pick<Campaign, 'slug' | 'salt' | 'opensAt'>,
  targets: Target[],
  days: History,
): Letter[] {
  const { scope, threshold, figures } = milestone;
  const at = Date.parse(milestone.at);
  const occasion = { scope, threshold };
  const history = toHistory(days, figures.signatures, at, opensAt);
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

/**
 * From nothing on the day that the campaign opened to the count at a moment; the days between, evenly thinned out if they
 * are many.
 */
export function toHistory(days: History, count: number, at: number, opensAt: string): History {
  const today = utcDay(at);
  const before = days.filter(({ day }) => day < today);
  const step = Math.max(1, Math.ceil(before.length / (mostDays - 3)));
  return [
    ...untilFirst(before[0]?.day ?? today, opensAt.slice(0, 10)),
    ...before.filter((_, index) => index % step === 0),
    { day: today, count },
  ];
}

/** The days on which nobody had signed yet: the first of them, and the last. */
function untilFirst(first: string, opened: string): History {
  const eve = utcDay(Date.parse(first) - dayLength);
  return [...new Set([opened, eve])]
    .filter((day) => day >= opened && day < first)
    .map((day) => ({ day, count: 0 }));
}
