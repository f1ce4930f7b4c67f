import * as z from 'zod';
import type { CatalogueEvent, Counted, Figures } from '../../shared/events/catalogue.ts';
import type { PublicTally } from './public-tally.ts';

/**
 * Counters are flat attributes, so that one ADD moves them all: `s` signatures, `p` pledges; `s@KE` by country,
 * `s+partner` by partner; by currency `n#EUR` pledges, `a#EUR` their amount in minor units, `f#EUR` fulfilled.
 */
export type Counters = Record<string, number>;

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
  counters: z.record(z.string(), z.number()),
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
}

export type CountedEvent = CatalogueEvent<
  'ActionConfirmed' | 'ActionChanged' | 'ActionWithdrawn' | 'LetterRequested' | 'LetterDelivered'
>;

/** An event as one change for each campaign that it counts for: a chapter's counts belong to its root, too. */
export function toChanges(event: CountedEvent): Change[] {
  const { id, at } = event.detail;
  const base = { id, at: Date.parse(at) };
  if (event.name === 'LetterRequested' || event.name === 'LetterDelivered') {
    const set = event.name === 'LetterRequested' ? 'targeted' : 'delivered';
    const { campaign, target } = event.detail;
    return [{ ...base, campaign, counters: {}, members: { set, member: target } }];
  }
  const byCampaign = new Map<string, Counters>();
  for (const [facts, sign] of factsOf(event)) {
    for (const campaign of new Set([facts.campaign, facts.root])) {
      byCampaign.set(campaign, add(byCampaign.get(campaign) ?? {}, toCounters(facts, sign)));
    }
  }
  return [...byCampaign].map(([campaign, counters]) => ({ ...base, campaign, counters }));
}

export function add(to: Counters, counters: Counters): Counters {
  for (const [name, value] of Object.entries(counters)) to[name] = (to[name] ?? 0) + value;
  return to;
}

/** The counts that a milestone freezes. */
export function toFigures({ counters }: Tally): Figures {
  return {
    signatures: countOf(counters, 's'),
    byCountry: pick(counters, 's@'),
    pledges: Object.entries(pick(counters, 'n#')).map(([currency, count]) => ({
      currency,
      count,
      amount: countOf(counters, `a#${currency}`),
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
    signatures: { total: signatures, byCountry: pick(counters, 's@'), byPartner: pick(counters, 's+') },
    pledges: {
      total: countOf(counters, 'p'),
      byCurrency: toCurrencies(counters),
      byCountry: pick(counters, 'p@'),
    },
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

/** What is no longer counted, and what is. */
function factsOf(
  event: CatalogueEvent<'ActionConfirmed' | 'ActionChanged' | 'ActionWithdrawn'>,
): Array<[Counted, 1 | -1]> {
  const { detail } = event;
  return [
    ...('before' in detail ? [[detail.before, -1] as [Counted, -1]] : []),
    ...('after' in detail ? [[detail.after, 1] as [Counted, 1]] : []),
  ];
}

function toCounters({ kind, country, partner, pledge }: Counted, sign: 1 | -1): Counters {
  const letter = kind === 'signature' ? 's' : 'p';
  return {
    [letter]: sign,
    [`${letter}@${country}`]: sign,
    ...(partner && { [`${letter}+${partner}`]: sign }),
    ...(pledge && { [`n#${pledge.currency}`]: sign, [`a#${pledge.currency}`]: sign * pledge.amount }),
  };
}

function toCurrencies(counters: Counters): PublicTally['pledges']['byCurrency'] {
  const currencies = Object.keys(pick(counters, 'n#')).map((currency) => [
    currency,
    {
      count: countOf(counters, `n#${currency}`),
      amount: countOf(counters, `a#${currency}`),
      fulfilled: countOf(counters, `f#${currency}`),
    },
  ]);
  return Object.fromEntries(currencies);
}

/** A counter as it is shown: events come in any order, and one taken back before it was counted stands below zero for a moment. */
function countOf(counters: Counters, name: string): number {
  return Math.max(0, counters[name] ?? 0);
}

/** Counters with a prefix, by what follows it; those at nothing are left out. */
function pick(counters: Counters, prefix: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counters)
      .filter(([name, value]) => name.startsWith(prefix) && value > 0)
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
