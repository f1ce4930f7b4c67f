import * as z from 'zod';
import { Country } from '../../shared/kernel/iso.ts';
import { type Language, Texts } from '../../shared/kernel/language.ts';
import { inTongueOrAny } from '../../shared/kernel/local-text.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import { Slug } from './campaign.ts';

/** A day of each year, or one day: a leap day is not a day of each year. */
const Day = z
  .string()
  .refine((day) => isDay(day), {
    error: 'Give a day of each year as MM-DD, such as 10-10, or one day as YYYY-MM-DD.',
    params: { code: 'invalid-day' },
  })
  .meta({ pattern: '^(\\d{4}-)?\\d{2}-\\d{2}$', example: '10-10' });

export const momentFields = {
  names: Texts.refine((names) => Object.keys(names).length > 0, {
    error: 'Give its name in one language at least.',
  }).meta({ example: { en: 'World Mental Health Day', fr: 'Journée mondiale de la santé mentale' } }),
  on: Day.describe('Its day, or the first of its days: MM-DD of each year, or YYYY-MM-DD once'),
  until: Day.optional().describe('The last of its days, of the same year and written alike'),
  country: Country.optional().describe('Where it is kept, if not everywhere'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description: 'Where more is told of it',
      example: 'https://www.who.int/campaigns/world-mental-health-day',
    }),
};

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

/** First and last day. */
export const Days = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
export type Days = z.output<typeof Days>;

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

function isDay(day: string): boolean {
  const [, year = '2001', rest] = /^(?:(\d{4})-)?(\d{2}-\d{2})$/.exec(day) ?? [];
  return rest !== undefined && z.iso.date().safeParse(`${year}-${rest}`).success;
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
