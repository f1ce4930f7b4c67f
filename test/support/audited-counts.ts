import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { partitionKey } from '../../functions/actions/action.ts';
import { fewPartitions } from './a-counted-campaign.ts';
import type { Database } from './a-database.ts';

/** What a campaign's tally and its hours hold; what stands at zero is left out. */
interface CountsOf {
  tally: Counts;
  hours: Record<string, Counts>;
}
type Counts = Record<string, bigint>;
type Item = Record<string, unknown>;

/** What is stored of a campaign in the Tallies table. */
export async function storedCounts(database: Database, campaign: string): Promise<CountsOf> {
  const items = await query(database, 'Tallies', campaign);
  const tally = countersIn(items.find(({ sk }) => sk === 'tally') ?? {});
  const hours = await query(database, 'Tallies', `${campaign}#hours`);
  return tidied({ tally, hours: Object.fromEntries(hours.map((item) => [hourOf(item), countersIn(item)])) });
}

/** What should be: every action of the Actions table read anew and added up, with no help of what is tested. */
export async function auditedCounts(database: Database, root: string, campaign: string): Promise<CountsOf> {
  const audit: CountsOf = { tally: {}, hours: {} };
  for (const kind of ['signature', 'pledge'] as const) {
    for (const partition of fewPartitions) {
      const items = await query(database, 'Actions', partitionKey(root, kind, partition));
      for (const item of items) addAction(audit, item, kind === 'signature' ? 's' : 'p', root, campaign);
    }
  }
  return tidied(audit);
}

function addAction(audit: CountsOf, item: Item, letter: string, root: string, campaign: string): void {
  const versions = item['historyVersions'] as Record<string, bigint>;
  const history = Object.entries(item['history'] as Record<string, Facts | null>);
  history.sort(([one], [other]) => Number((versions[one] ?? 0n) - (versions[other] ?? 0n)));
  let before: Facts | undefined;
  for (const [key, facts] of history) {
    const [at, way = ''] = key.split(' ');
    const after = facts ? seenFrom(facts, root, campaign) : undefined;
    const hour = new Date(Number(at)).toISOString().slice(0, 13);
    audit.hours[hour] ??= {};
    for (const counters of [audit.tally, audit.hours[hour]]) {
      addFacts(counters, letter, before, -1n);
      addFacts(counters, letter, after, 1n);
      // Who confirms again what a campaigner has yet to verify has left by that.
      const left = way === 'confirmed' ? 'withdrawn' : way;
      if (!before !== !after) addTo(counters, `${letter}:${after ? 'confirmed' : left}`, 1n);
    }
    before = after;
  }
}

interface Origin {
  campaign: string;
  partner?: string;
  source?: string;
}
interface Facts extends Origin {
  country: string;
  pledge?: { currency: string; amount: bigint; fulfilled?: bigint };
  joined?: Origin[];
}

/** By what an action counts in one campaign: the root goes by what was said last, each chapter by what was said there. */
function seenFrom(facts: Facts, root: string, campaign: string): Facts | undefined {
  if ([facts.campaign, root].includes(campaign)) return facts;
  const { country, pledge, joined = [] } = facts;
  const there = joined.find((one) => one.campaign === campaign);
  return there && { ...there, country, ...(pledge && { pledge }) };
}

function addFacts(counters: Counts, letter: string, facts: Facts | undefined, sign: bigint): void {
  if (!facts) return;
  const { country, partner, source, pledge } = facts;
  addTo(counters, letter, sign);
  addTo(counters, `${letter}@${country}`, sign);
  if (partner) addTo(counters, `${letter}+${partner}`, sign);
  if (source && letter === 's') addTo(counters, `s~${source}`, sign);
  if (pledge) addTo(counters, `n#${pledge.currency}`, sign);
  if (pledge) addTo(counters, `a#${pledge.currency}`, sign * pledge.amount);
  if (pledge?.fulfilled) addTo(counters, `f#${pledge.currency}`, sign * pledge.fulfilled);
}

function addTo(counters: Counts, name: string, value: bigint): void {
  counters[name] = (counters[name] ?? 0n) + value;
}

function countersIn(item: Item): Counts {
  const names = Object.keys(item).filter((name) => /^[spnaf](?:$|[@+~:#])/.test(name));
  return Object.fromEntries(names.map((name) => [name, item[name] as bigint]));
}

function hourOf({ sk }: Item): string {
  return String(sk).slice('hour#'.length);
}

function tidied({ tally, hours }: CountsOf): CountsOf {
  const kept = Object.entries(hours).map(([hour, counters]) => [hour, withoutZeros(counters)] as const);
  const some = kept.filter(([, counters]) => Object.keys(counters).length > 0);
  return { tally: withoutZeros(tally), hours: Object.fromEntries(some) };
}

function withoutZeros(counters: Counts): Counts {
  return Object.fromEntries(Object.entries(counters).filter(([, value]) => value !== 0n));
}

async function query(database: Database, TableName: string, pk: string): Promise<Item[]> {
  const { Items } = await database.call('Query', {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': pk }),
  });
  return Items.map((item: never) => unmarshall(item, { wrapNumbers: toNumber }));
}

function toNumber(text: string): bigint | number {
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}
