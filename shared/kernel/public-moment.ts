import * as z from 'zod';
import { Country } from './iso.ts';
import { Texts } from './language.ts';
import { plainTexts } from './plain-text.ts';
import { Slug } from './slug.ts';

/** A day of each year, or one day: a leap day is not a day of each year. */
const Day = z
  .string()
  .refine((day) => isDay(day), {
    error: 'Give a day of each year as MM-DD, such as 10-10, or one day as YYYY-MM-DD.',
    params: { code: 'invalid-day' },
  })
  .meta({ pattern: '^(\\d{4}-)?\\d{2}-\\d{2}$', example: '10-10' });

/** What people say of a moment: a day that campaigns belong to. */
export const momentFields = {
  names: named(Texts),
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

/** Names as they are to be stored from now on. */
export const MomentNames = named(plainTexts(120));

/** A moment in all its languages, as anyone may read it. */
export const PublicMoment = z
  .strictObject({ slug: Slug, ...momentFields, changedAt: z.iso.datetime() })
  .meta({ id: 'Moment' });
export type PublicMoment = z.output<typeof PublicMoment>;

/** First and last day. */
export const Days = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
export type Days = z.output<typeof Days>;

/** A moment in one language, as lists tell it. */
export const ListedMoment = z.strictObject({
  slug: Slug,
  name: z.string(),
  on: momentFields.on,
  until: momentFields.until,
  next: Days.nullable().describe('Its days this time or, once they are over, the next; null: never again'),
  country: momentFields.country,
  url: momentFields.url,
});
export type ListedMoment = z.output<typeof ListedMoment>;

export const MomentPath = z.object({
  moment: Slug.meta({ description: 'Slug of the moment', example: 'world-mental-health-day' }),
});

function named<T extends z.ZodType<Texts>>(texts: T) {
  return texts
    .refine((names) => Object.keys(names).length > 0, { error: 'Give its name in one language at least.' })
    .meta({ example: { en: 'World Mental Health Day', fr: 'Journée mondiale de la santé mentale' } });
}

function isDay(day: string): boolean {
  const [, year = '2001', rest] = /^(?:(\d{4})-)?(\d{2}-\d{2})$/.exec(day) ?? [];
  return rest !== undefined && z.iso.date().safeParse(`${year}-${rest}`).success;
}
