import * as z from 'zod';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { Hour } from './hour-store.ts';
import type { Tally } from './tally.ts';

/** Days that an answer by the hour covers: at most, and if it is not said. */
const most = 31;
const usual = 7;
const dayLength = 24 * 60 * 60 * 1_000;

const day = z.iso.date({ error: 'Give a date as YYYY-MM-DD, such as 2026-10-10.' });

/** What may be asked of a tally's history. Dates are days of UTC, both included. */
export const HistoryQuery = z
  .object({
    by: z.enum(['hour', 'day'], { error: 'Give hour or day.' }).default('day'),
    from: day.optional(),
    to: day.optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    error: 'Give a day that is not before from.',
    params: { code: 'before-from' },
  })
  .refine(({ by, from, to }) => by === 'day' || !from || !to || to <= later(from, most - 1), {
    path: ['to'],
    error: `By the hour, ask for at most ${most} days at once.`,
    params: { code: 'too-many-days' },
  });
export type HistoryQuery = z.output<typeof HistoryQuery>;

const Running = z.strictObject({
  change: z.int().describe('What came in the hour or day, less what went'),
  total: z.int().describe('What counted at its end'),
});

/** How a tally came about over time. */
export const TallyHistory = z
  .strictObject({
    campaign: z.string(),
    by: z.enum(['hour', 'day']),
    asOf: z.iso
      .datetime()
      .nullable()
      .describe('Time of the last change that is counted; null before the first'),
    from: z.iso.date().nullable().describe('First day that is covered (UTC); null: from the beginning'),
    to: z.iso.date().nullable().describe('Last day that is covered (UTC); null: to the end'),
    points: z
      .array(
        z.strictObject({
          at: z.iso.datetime().describe('Start of the hour or day (UTC)'),
          signatures: Running,
          pledges: Running,
          endorsements: Running,
        }),
      )
      .describe('In order. Hours and days in which no number changed are left out'),
  })
  .meta({ id: 'TallyHistory' });
export type TallyHistory = z.output<typeof TallyHistory>;

export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

/** The days to cover. By the hour, up to the last change that is counted: the answer depends on no clock. */
export function toPeriod({ by, from, to }: HistoryQuery, { asOf }: Pick<Tally, 'asOf'>): Period {
  if (by === 'day') return { from, to };
  if (from) return { from, to: to ?? later(from, most - 1) };
  const last = to ?? (asOf === 0 ? undefined : utcDay(asOf));
  return last ? { from: later(last, 1 - usual), to: last } : {};
}

/** The history, from all hours: totals are sums of theirs, not the tally's, which may move meanwhile. */
export function toHistory(
  { campaign, asOf }: Pick<Tally, 'campaign' | 'asOf'>,
  by: HistoryQuery['by'],
  { from, to }: Period,
  hours: Hour[],
): TallyHistory {
  return {
    campaign,
    by,
    asOf: asOf === 0 ? null : new Date(asOf).toISOString(),
    from: from ?? null,
    to: to ?? null,
    points: toPoints(hours, by).filter(({ at }) => at >= (from ?? '') && at < `${to ?? '~'}T24`),
  };
}

function toPoints(hours: Hour[], by: HistoryQuery['by']): TallyHistory['points'] {
  const groups = Map.groupBy(hours, ({ hour }) => (by === 'hour' ? hour : `${hour.slice(0, 10)}T00`));
  const totals = { s: 0, p: 0, e: 0 };
  const points = [...groups].map(([start, its]) => {
    const runOn = (counter: keyof typeof totals) => {
      const change = sumOf(its, counter);
      totals[counter] += change;
      return { change, total: totals[counter] };
    };
    return {
      at: `${start}:00:00Z`,
      signatures: runOn('s'),
      pledges: runOn('p'),
      endorsements: runOn('e'),
    };
  });
  return points.filter(({ at: _at, ...running }) =>
    Object.values(running).some(({ change }) => change !== 0),
  );
}

function sumOf(hours: Hour[], counter: 's' | 'p' | 'e'): number {
  return Number(hours.reduce((sum, { counters }) => sum + (counters[counter] ?? 0n), 0n));
}

/** Some days after a day, or before it, within the years that have four digits. */
function later(date: string, days: number): string {
  const [first, last] = [Date.parse('0000-01-01'), Date.parse('9999-12-31')];
  return utcDay(Math.min(last, Math.max(first, Date.parse(date) + days * dayLength)));
}
