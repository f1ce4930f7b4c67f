import { setting } from '../../shared/aws/env.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { actionNews } from '../actions/read.ts';
import { letterNews } from '../letters/read.ts';
import { memberNews } from '../members/read.ts';
import { tallyNews } from '../tallies/read.ts';

type News = (before: unknown, after: unknown) => CatalogueEvent[];

/** Each table that announces, and what its room makes of a change. */
const rooms: Record<string, News> = {
  [setting('ACTIONS_TABLE')]: actionNews,
  [setting('TALLIES_TABLE')]: tallyNews,
  [setting('LETTERS_TABLE')]: letterNews,
  [setting('MEMBERS_TABLE')]: memberNews,
};

/** The events that tell of a change of an item. Throws when the change is none that its room knows. */
export function newsOf(table: string, before: unknown, after: unknown): CatalogueEvent[] {
  const news = rooms[table];
  if (!news) throw new Error(`No room announces the changes of ${table}`);
  return news(before, after);
}
