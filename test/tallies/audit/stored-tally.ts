import type { Database } from '../../support/a-database.ts';
import { type Hours, withoutZeros } from './ledger.ts';

/** What the Tallies table has of one campaign, read from its stored form. */
export interface StoredTally {
  asOf: number;
  /** Counters of the tally item, and those of the items of its hours; none that stands at zero. */
  counters: Record<string, bigint>;
  hours: Hours;
  /** `<scope>#<threshold>` */
  reached: Set<string>;
  /** Ids of the signatures that may be shown, with the time that stands beside each, in their order. */
  shown: Array<[action: string, at: number]>;
}

/** One change of a tally item, in the words of a stream. */
export interface TallyChange {
  campaign: string;
  OldImage?: Item;
  NewImage: Item;
  /** Whether the same transaction marked events as counted. */
  hasMarkers: boolean;
}

export interface Item {
  [attribute: string]: { S?: string; N?: string; SS?: string[]; L?: Array<Item[string]>; M?: Item };
}

const facts = ['version', 'asOf', 'rate', 'pollAfter', 'reachedAt'];

export async function readTally(database: Database, campaign: string): Promise<StoredTally> {
  const [own, hours] = await Promise.all(
    [campaign, `${campaign}#hours`].map((pk) => itemsUnder(database, pk)),
  );
  const tally = own?.find(({ sk }) => sk?.S === 'tally') ?? {};
  return {
    asOf: Number(tally['asOf']?.N ?? 0),
    counters: countersOf(tally),
    hours: withoutZeros(
      Object.fromEntries(
        (hours ?? []).map((item) => [String(item['sk']?.S).slice('hour#'.length), countersOf(item)]),
      ),
    ),
    reached: reachedBy(tally),
    shown: shownBy(tally),
  };
}

async function itemsUnder(database: Database, pk: string): Promise<Item[]> {
  const { Items } = await database.call('Query', {
    TableName: 'Tallies',
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
    ConsistentRead: true,
  });
  return Items;
}

/** Keeps every change of a tally item that a history makes: only one of its calls is carried out at a time. */
export function watchTallies(database: Database, changes: TallyChange[]) {
  return async (operation: string, body: string): Promise<void> => {
    if (operation !== 'TransactWriteItems') return;
    const items: Array<{ Put?: unknown; Update?: { Key: Item } }> = JSON.parse(body).TransactItems;
    const hasMarkers = items.some(({ Put }) => Put !== undefined);
    for (const { Update } of items) {
      if (Update?.Key['sk']?.S !== 'tally') continue;
      const campaign = Update.Key['pk']?.S ?? '';
      const Key = { pk: { S: campaign }, sk: { S: 'tally' } };
      const { Item } = await database.call('GetItem', { TableName: 'Tallies', Key, ConsistentRead: true });
      const last = changes.findLast((change) => change.campaign === campaign)?.NewImage;
      if (!Item || Item['version'].N === last?.['version']?.N) continue;
      changes.push({ campaign, ...(last && { OldImage: last }), NewImage: Item, hasMarkers });
    }
  };
}

/** Every number that is no fact beside the counts is a counter. */
export function countersOf(item: Item): Record<string, bigint> {
  const counters = Object.entries(item)
    .filter(([name, { N }]) => N !== undefined && !facts.includes(name))
    .map(([name, { N }]) => [name, BigInt(N ?? 0)]);
  return withoutZeros({ all: Object.fromEntries(counters) })['all'] ?? {};
}

/** Each is what its id ends in, a version and a time; how all ids begin stands beside them. */
function shownBy(item: Item): StoredTally['shown'] {
  const { of, shown } = item['recent']?.M ?? {};
  return (shown?.L ?? []).map(({ L: [end, , at] = [] }) => [`${of?.S}${end?.S}`, Number(at?.N)]);
}

export function reachedBy(item: Item): Set<string> {
  return new Set(item['reached']?.SS);
}
