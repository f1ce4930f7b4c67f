import * as z from 'zod';
import type { Language } from '../../shared/kernel/language.ts';
import { inTongueOrAny } from '../../shared/kernel/local-text.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { type Days, momentFields } from '../../shared/kernel/public-moment.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';

/** What is stored, and seeded; `changedAt` is when it was last changed. */
export const Moment = z
  .strictObject({
    slug: Slug,
    ...momentFields,
    changedAt: z.iso.datetime(),
    version: z.int().nonnegative().default(0),
  })
  .superRefine(refuseReversed);
export type Moment = z.output<typeof Moment>;

/** @throws Problem `not-found` */
export function requireMoment(moment: Moment | undefined): Moment {
  if (!moment) throw new Problem('not-found', 'There is no such moment; check its address.');
  return moment;
}

export function etagOfMoment({ version }: Moment): string {
  return `"${version}"`;
}

/** Its name in the language, else in English, else in one that it has. */
export function momentName({ names }: Moment, language: Language): string {
  return inTongueOrAny(names as Record<string, string>, language);
}

export function isYearly({ on }: Pick<Moment, 'on'>): boolean {
  return on.length === 'MM-DD'.length;
}

/** Its days of a year; those of a moment that comes once, whatever the year. */
export function daysIn({ on, until = on }: Pick<Moment, 'on' | 'until'>, year: number): Days {
  return isYearly({ on }) ? { from: `${year}-${on}`, to: `${year}-${until}` } : { from: on, to: until };
}

/** Its days this time or, once they are over, the next; null when it never comes again. Days are those of UTC. */
export function nextDays(moment: Pick<Moment, 'on' | 'until'>, now: number): Days | null {
  const today = utcDay(now);
  const year = Number(today.slice(0, 4));
  return [daysIn(moment, year), daysIn(moment, year + 1)].find(({ to }) => to >= today) ?? null;
}

/** The last day comes after the first, in the same year, and both come each year or once. */
export function refuseReversed(
  { on, until }: { on: string; until?: string | undefined },
  { addIssue }: z.core.$RefinementCtx,
): void {
  if (until === undefined) return;
  const isSpan = until.length === on.length && until > on && until.slice(0, -6) === on.slice(0, -6);
  if (isSpan) return;
  const message = 'Give a later day of the same year, written like the first.';
  addIssue({ code: 'custom', path: ['until'], message, params: { code: 'invalid-span' } });
}
