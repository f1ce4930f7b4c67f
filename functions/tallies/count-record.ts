import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import type { Hour } from './hour-store.ts';
import type { CountByDay, CountFlow } from './public-count.ts';
import type { Recount } from './recount.ts';
import { add, type Counters, differenceOf, type Tally } from './tally.ts';

/** A tally, and the last recount of it. */
export interface CountSources {
  tally: Tally;
  recount: Recount | undefined;
}

/** A tally and its hours, and whether they agree. */
export interface CountRecord extends CountSources {
  hours: Hour[];
  check: CountByDay['check'];
}

const kinds = { signatures: 's', pledges: 'p', endorsements: 'e' } as const;
const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];
type Letter = (typeof kinds)[keyof typeof kinds];
const reasons = InvalidationReason.options;
const ways = ['confirmed', 'withdrawn', 'erased', ...reasons.map((reason) => `invalidated+${reason}`)];

/** Names of the counters that a record is made of. */
export const recordCounters = Object.values(kinds).flatMap((letter) => [
  letter,
  ...ways.map((way) => `${letter}:${way}`),
]);

/** Whether the hours add up to the tally, and what came and went to what counts. */
export function addsUp(hours: Hour[], { counters }: Pick<Tally, 'counters'>): boolean {
  const sum = sumOf(hours);
  const said = Object.fromEntries(recordCounters.map((name) => [name, counters[name] ?? 0n]));
  const isTally = Object.keys(differenceOf(said, sum)).length === 0;
  return isTally && Object.values(kinds).every((letter) => toFlow(sum, letter).net === countOf(sum, letter));
}

/** A record by the day, as anyone may read it. */
export function toDays({ tally, recount, hours, check }: CountRecord): CountByDay {
  const { campaign, asOf, counters } = tally;
  return {
    campaign,
    asOf: asOf === 0 ? null : new Date(asOf).toISOString(),
    days: [...Map.groupBy(hours, ({ hour }) => hour.slice(0, 10))]
      .map(([day, its]) => ({ day, ...toFlows(sumOf(its)) }))
      .filter((flows) => kindNames.some((kind) => hasHappened(flows[kind]))),
    sum: toFlows(sumOf(hours)),
    tally: ofEach((letter) => countOf(counters, letter)),
    check,
    recount: recount ? toLastRecount(recount) : null,
  };
}

function toLastRecount({ state, requestedAt, finishedAt, differences }: Recount): CountByDay['recount'] {
  const all = Object.values(differences).reduce((sum, count) => sum + count, 0);
  return { state, at: new Date(finishedAt ?? requestedAt).toISOString(), differences: all };
}

function sumOf(hours: Hour[]): Counters {
  return hours.reduce((sum: Counters, { counters }) => add(sum, counters), {});
}

function toFlows(counters: Counters) {
  return ofEach((letter) => toFlow(counters, letter));
}

function ofEach<T>(of: (letter: Letter) => T): Record<keyof typeof kinds, T> {
  const { signatures, pledges, endorsements } = kinds;
  return { signatures: of(signatures), pledges: of(pledges), endorsements: of(endorsements) };
}

function toFlow(counters: Counters, letter: Letter): CountFlow {
  const [confirmed = 0, withdrawn = 0, erased = 0, ...invalid] = ways.map((way) =>
    countOf(counters, `${letter}:${way}`),
  );
  const net = [withdrawn, erased, ...invalid].reduce((left, count) => left - count, confirmed);
  const byReason = reasons.map((reason, at) => [reason, invalid[at] ?? 0] as const);
  const invalidated = Object.fromEntries(byReason.filter(([, count]) => count !== 0));
  return { confirmed, withdrawn, erased, invalidated, net };
}

function hasHappened({ confirmed, withdrawn, erased, invalidated }: CountFlow): boolean {
  return confirmed !== 0 || withdrawn !== 0 || erased !== 0 || Object.keys(invalidated).length > 0;
}

function countOf(counters: Counters, name: string): number {
  return Number(counters[name] ?? 0n);
}
