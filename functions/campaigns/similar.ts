import type { Campaign } from './campaign.ts';

type Topic = Campaign['topics'][number];

/** What a campaign is compared by. */
export interface Comparable {
  slug: string;
  /** Slug of the campaign that it is a chapter of, else its own: a family is not compared among itself. */
  root: string;
  moment: string | undefined;
  topics: Topic[];
  /** Ids of the offices that it selects. */
  offices: string[];
}

/** What a campaign has in common with another one. */
export interface Likeness {
  slug: string;
  /** 0 to 100. */
  alike: number;
  moment: string | undefined;
  topics: Topic[];
  offices: {
    count: number;
    /** Of the offices of the one that is compared: 0 to 1. */
    share: number;
  };
}

/** Of 100: one moment is one day in public, and one office gets both letters; a topic says less. */
const weights = { moment: 40, offices: 40, topics: 20 };

/** From here on, whoever publishes says that they have looked: one moment, or all of one's offices, or most of it. */
const isNotable = 40;

/** Those of the others that have anything in common with a campaign, the most alike first. */
export function findSimilar(own: Comparable, others: Comparable[]): Likeness[] {
  return others
    .filter(({ slug, root }) => slug !== own.slug && root !== own.root)
    .map((other) => compare(own, other))
    .filter(({ alike }) => alike > 0)
    .sort((a, b) => b.alike - a.alike || (a.slug < b.slug ? -1 : 1));
}

export function mustBeSeen({ alike }: Pick<Likeness, 'alike'>): boolean {
  return alike >= isNotable;
}

function compare(own: Comparable, other: Comparable): Likeness {
  const moment = own.moment === other.moment ? own.moment : undefined;
  const topics = own.topics.filter((topic) => other.topics.includes(topic));
  const theirs = new Set(other.offices);
  const count = own.offices.filter((office) => theirs.has(office)).length;
  const share = partOf(count, own.offices.length);
  const all = new Set([...own.topics, ...other.topics]).size;
  const alike =
    (moment === undefined ? 0 : weights.moment) +
    weights.offices * share +
    weights.topics * partOf(topics.length, all);
  return { slug: other.slug, alike: toPercent(alike), moment, topics, offices: { count, share } };
}

function partOf(some: number, all: number): number {
  return all === 0 ? 0 : some / all;
}

/** What is alike in anything is never 0, and what is not alike in all things never 100. */
function toPercent(alike: number): number {
  if (alike > 0 && alike < 1) return 1;
  return alike > 99 && alike < 100 ? 99 : Math.round(alike);
}
