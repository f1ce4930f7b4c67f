import * as z from 'zod';
import type { CatalogueEvent, Counted, Figures } from '../../shared/events/catalogue.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { type Amount, toAmount } from '../../shared/kernel/money.ts';
import type { PublicTally } from './public-tally.ts';
import { RecentSigners, type SignerChange, toSignerChange } from './recent-signers.ts';

/**
 * Counters are flat attributes, so that one ADD moves them all: `s` signatures, `p` pledges, `e` endorsements; `s@KE` by country,
 * `s+partner` by partner; `s~source` signatures by the link that led to the form; by currency `n#EUR` pledges of money,
 * `a#EUR` their amount in minor units, `f#EUR` how much of it is fulfilled; and how the count came about: `s:confirmed`
 * less `s:withdrawn`, `s:erased` and `s:invalidated+<reason>` is `s`. Integers of any size: DynamoDB keeps 38 digits.
 */
export type Counters = Record<string, bigint>;

/** A stored tally. Times in milliseconds since the epoch; `reached` holds `<scope>#<threshold>`. */
export const Tally = z.object({
  campaign: z.string(),
  version: z.int(),
  asOf: z.int(),
  rate: z.number(),
  pollAfter: z.int(),
  goals: z.array(z.int()),
  reached: z.set(z.string()).default(() => new Set<string>()),
  reachedAt: z.int().optional(),
  /** Ids of targets that a letter was requested for, and delivered to. */
  targeted: z.set(z.string()).default(() => new Set<string>()),
  delivered: z.set(z.string()).default(() => new Set<string>()),
  /** There is none before the first is shown. */
  recent: RecentSigners.optional(),
  counters: z.record(z.string(), z.bigint()),
});
export type Tally = z.output<typeof Tally>;

/** What one event changes in the tally of one campaign. */
export interface Change {
  /** Id of the event: its marker's key. */
  id: string;
  campaign: string;
  at: number;
  counters: Counters;
  /** Members to add to a set: adding one twice changes nothing. */
  members?: { set: 'targeted' | 'delivered'; member: string };
  /** What it means for who is shown. */
  signer?: SignerChange | undefined;
}

type ActionEvent = CatalogueEvent<
  'ActionConfirmed' | 'ActionChanged' | 'ActionWithdrawn' | 'ActionErased' | 'ActionInvalidated'
>;
export type CountedEvent = ActionEvent | CatalogueEvent<'LetterRequested' | 'LetterDelivered'>;

/** An event as one change for each campaign that it counts for: those that were signed, and their root. */
export function toChanges(event: CountedEvent): Change[] {
  const { id, at } = event.detail;
  const base = { id, at: Date.parse(at) };
  if (event.name === 'LetterRequested' || event.name === 'LetterDelivered') {
    const set = event.name === 'LetterRequested' ? 'targeted' : 'delivered';
    const { campaign, target } = event.detail;
    return [{ ...base, campaign, counters: {}, members: { set, member: target } }];
  }
  const { before, after } = { before: undefined, after: undefined, ...event.detail };
  const campaigns = new Set([before, after].flatMap(campaignsOf));
  return [...campaigns].map((campaign) => {
    const [was, is] = [before, after].map((facts) => countedIn(facts, campaign));
    const signer = toSignerChange(event.detail, base.at, was, is);
    return { ...base, campaign, counters: toDifference(was, is, wayOf(event)), signer };
  });
}

/** Adds counters to others, in place; what comes to nothing is left out. */
export function add(to: Counters, counters: Counters): Counters {
  for (const [name, value] of Object.entries(counters)) {
    to[name] = (to[name] ?? 0n) + value;
    if (to[name] === 0n) delete to[name];
  }
  return to;
}

/** What has to be added to `from` for it to be `to`. */
export function differenceOf(from: Counters, to: Counters): Counters {
  const less = Object.fromEntries(Object.entries(from).map(([name, value]) => [name, -value]));
  return add({ ...add({}, to) }, less);
}

/** The counts that a milestone freezes. */
export function toFigures({ counters }: Tally): Figures {
  return {
    signatures: countOf(counters, 's'),
    byCountry: pick(counters, 's@'),
    pledges: Object.entries(pick(counters, 'n#')).map(([currency, count]) => ({
      currency,
      count,
      amount: amountOf(counters, `a#${currency}`),
    })),
  };
}

/** The public tally: a pure function of the stored one. */
export function toPublicTally(tally: Tally): PublicTally {
  const { counters, goals } = tally;
  const signatures = countOf(counters, 's');
  return {
    campaign: tally.campaign,
    asOf: tally.asOf === 0 ? null : new Date(tally.asOf).toISOString(),
    signatures: {
      total: signatures,
      byCountry: pick(counters, 's@'),
      byPartner: pick(counters, 's+'),
      bySource: pick(counters, 's~'),
    },
    pledges: {
      total: countOf(counters, 'p'),
      byCurrency: toCurrencies(counters),
      byCountry: pick(counters, 'p@'),
    },
    endorsements: { total: countOf(counters, 'e'), byCountry: pick(counters, 'e@') },
    goals: {
      next: [...goals].sort((a, b) => a - b).find((goal) => goal > signatures) ?? null,
      reached: reachedBy(tally, 'world'),
    },
    governments: {
      targeted: tally.targeted.size,
      delivered: tally.delivered.size,
      answered: 0,
      committed: {},
    },
    ratePerMinute: tally.rate,
    pollAfter: tally.pollAfter,
  };
}

/** The tally of a campaign of which nothing is counted yet. */
export function emptyTally(campaign: string, goals: number[]): Tally {
  return Tally.parse({ campaign, version: 0, asOf: 0, rate: 0, pollAfter: 5, goals, counters: {} });
}

function reachedBy({ reached }: Tally, scope: string): number[] {
  return [...reached]
    .filter((milestone) => milestone.startsWith(`${scope}#`))
    .map((milestone) => Number(milestone.slice(scope.length + 1)))
    .sort((a, b) => a - b);
}

function campaignsOf(facts: Counted | undefined): string[] {
  if (!facts) return [];
  return [facts.campaign, facts.root, ...(facts.joined ?? []).map(({ campaign }) => campaign)];
}

/**
 * What an action counts by in one campaign: in the one that was signed last, and once in the root, by all that was said
 * last; in another chapter by where its supporter came from there. Undefined where it does not count.
 */
function countedIn(facts: Counted | undefined, campaign: string): Counted | undefined {
  if (!facts || campaign === facts.campaign || campaign === facts.root) return facts;
  const there = facts.joined?.find((joined) => joined.campaign === campaign);
  const { partner: _partner, source: _source, ...newest } = facts;
  return there && { ...newest, ...there };
}

/** How an event ends a count, where it ends one: a counter's name has it. */
function wayOf(event: ActionEvent): string {
  if (event.name === 'ActionErased') return 'erased';
  return event.name === 'ActionInvalidated' ? `invalidated+${event.detail.reason}` : 'withdrawn';
}

function toDifference(before: Counted | undefined, after: Counted | undefined, way: string): Counters {
  const difference = differenceOf(before ? toCounters(before) : {}, after ? toCounters(after) : {});
  if (!before && after) difference[`${letterOf(after)}:confirmed`] = 1n;
  if (before && !after) difference[`${letterOf(before)}:${way}`] = 1n;
  return difference;
}

/** What one action adds to each counter while it counts. */
function toCounters(facts: Counted): Counters {
  const { country, partner, source, pledge } = facts;
  const letter = letterOf(facts);
  return {
    [letter]: 1n,
    [`${letter}@${country}`]: 1n,
    ...(partner && { [`${letter}+${partner}`]: 1n }),
    ...(source && letter === 's' && { [`s~${source}`]: 1n }),
    ...(pledge && { [`n#${pledge.currency}`]: 1n, [`a#${pledge.currency}`]: BigInt(pledge.amount) }),
    ...(pledge?.fulfilled && { [`f#${pledge.currency}`]: BigInt(pledge.fulfilled) }),
  };
}

const letters = { signature: 's', pledge: 'p', endorsement: 'e' } as const;

function letterOf({ kind }: Counted): (typeof letters)[ActionKind] {
  return letters[kind];
}

function toCurrencies(counters: Counters): PublicTally['pledges']['byCurrency'] {
  const currencies = Object.keys(pick(counters, 'n#')).map((currency) => [
    currency,
    {
      count: countOf(counters, `n#${currency}`),
      amount: amountOf(counters, `a#${currency}`),
      fulfilled: amountOf(counters, `f#${currency}`),
    },
  ]);
  return Object.fromEntries(currencies);
}

/** A counter as it is shown: events come in any order, and one taken back before it was counted stands below zero for a moment. */
export function countOf(counters: Counters, name: string): number {
  return Math.max(0, Number(counters[name] ?? 0n));
}

function amountOf(counters: Counters, name: string): Amount {
  const sum = counters[name] ?? 0n;
  return toAmount(sum > 0n ? sum : 0n);
}

/** Counters with a prefix, by what follows it; those at nothing are left out. */
function pick(counters: Counters, prefix: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counters)
      .filter(([name, value]) => name.startsWith(prefix) && value > 0n)
      .map(([name, value]) => [name.slice(prefix.length), Number(value)]),
  );
}
