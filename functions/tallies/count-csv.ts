import type { CountByDay, CountFlow } from './public-count.ts';

const columns = ['day', 'kind', 'way', 'reason', 'count', 'change'];

/**
 * A count as CSV (RFC 4180), for spreadsheets: a row for each day, kind and way that had any. `change` is what the row
 * adds to the tally: its sum by kind is the tally. Nothing in it was written by anyone: dates, words of ours, integers.
 */
export function toCsv({ days }: Pick<CountByDay, 'days'>): string {
  const rows = days.flatMap(({ day, signatures, pledges, endorsements }) => [
    ...toRows(signatures).map((row) => [day, 'signature', ...row]),
    ...toRows(pledges).map((row) => [day, 'pledge', ...row]),
    ...toRows(endorsements).map((row) => [day, 'endorsement', ...row]),
  ]);
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Way, reason, count and change. */
function toRows({ confirmed, withdrawn, erased, invalidated }: CountFlow): Array<Array<string | number>> {
  const reasons = Object.entries(invalidated).sort(([one], [other]) => (one < other ? -1 : 1));
  const rows: Array<[way: string, reason: string, count: number, sign: 1 | -1]> = [
    ['confirmed', '', confirmed, 1],
    ['withdrawn', '', withdrawn, -1],
    ['erased', '', erased, -1],
    ...reasons.map(([reason, count]): [string, string, number, -1] => ['invalidated', reason, count, -1]),
  ];
  return rows
    .filter(([, , count]) => count !== 0)
    .map(([way, reason, count, sign]) => [way, reason, count, sign * count]);
}
