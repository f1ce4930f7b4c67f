import { type AttributeValue, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Host } from '../infra/local/host.ts';
import { type CatalogueEvent, type Counted, toEvent } from '../shared/events/catalogue.ts';
import { countryList, currencyList } from '../shared/kernel/iso.ts';
import { fullBatch, measureCounting } from './counting.ts';
import { type Figure, progress } from './figure.ts';
import { itemBytes } from './item-bytes.ts';
import { tableOf } from './stack.ts';

const campaign = 'largest-tally';
const size = { partners: 100, sources: 20, currencies: 30, targets: 190 };
const largest = `${countryList.length} countries, ${size.partners} partners, ${size.sources} sources, ${size.currencies} currencies`;
/** What each counter is multiplied by, to have as many digits as in a campaign of millions. */
const scale = 123_457;
/** A marker is an item under 1 kB in a transaction. */
const markerUnits = 2;
/** Of a mailbox, in the id of an action. */
const hashLength = 43;

export interface TallyItem {
  bytes: number;
  /** With the ids of targets, too. */
  bytesWithTargets: number;
  /** Write units of counting one full batch. */
  batchUnits: number;
  /** What of it falls on the tally and the hour together, which have a key each. */
  keyUnits: number;
}

/** The largest tally there is: counted into by the function that deploys, then scaled up. */
export async function measureTallyItem(host: Host): Promise<TallyItem> {
  progress(`a tally of ${largest}`);
  await measureCounting(host, [...everyCounter(), ...leavingSigners()], fullBatch);
  await scaleUp(host);
  const bytes = await tallyBytes(host);
  const { writes } = await measureCounting(host, aFullBatch(), fullBatch);
  const batchUnits = writes * fullBatch;
  await measureCounting(host, lettersToAll(), fullBatch);
  const bytesWithTargets = await tallyBytes(host);
  return { bytes, bytesWithTargets, batchUnits, keyUnits: batchUnits - fullBatch * markerUnits };
}

export function tallyItemFigures({ bytes, bytesWithTargets, batchUnits, keyUnits }: TallyItem): Figure[] {
  const sizeHow = `The stored item, by DynamoDB's rules of item size, after the counting function counted signatures and pledges of all of these, the signers of which may be shown in public; then every counter × ${scale}.`;
  const unitsHow = `ConsumedCapacity of the counting function for one batch of ${fullBatch} events of ${fullBatch} countries on that item.`;
  const ofBatch = `That, without ${markerUnits} units for the marker of each event.`;
  return [
    { name: `tally item: ${largest}`, measured: bytes / 1_000, unit: ' kB', bound: 10, how: sizeHow },
    {
      name: `tally item with ${size.targets} governments written to, too`,
      measured: bytesWithTargets / 1_000,
      unit: ' kB',
      how: 'The same, after the events of a letter requested and delivered for each.',
    },
    {
      name: `write units to count a batch of ${fullBatch} on the largest tally`,
      measured: batchUnits,
      how: unitsHow,
    },
    { name: 'write units to count one of its events', measured: batchUnits / fullBatch, how: unitsHow },
    {
      name: 'write units of that batch on the tally and its hour',
      measured: keyUnits,
      how: ofBatch,
    },
  ];
}

/** Signatures and pledges, together in every country, partner, source and currency. */
function everyCounter(): CatalogueEvent[] {
  return countryList.flatMap((_, at) => [
    confirmed(`signature-${at}`, at),
    confirmed(`pledge-${at}`, at, { amount: 2_500, fulfilled: 1_000 }),
  ]);
}

/** Signers who are to be shown no more: more than a tally remembers, see functions/tallies/recent-signers.ts. */
function leavingSigners(): CatalogueEvent[] {
  return Array.from({ length: 10 }, (_, at) => {
    const { detail } = confirmed(`signature-${at}`, at);
    const { shown: _shown, ...after } = detail.after;
    return toEvent('ActionChanged', { ...detail, id: eventId(`left-${at}`, 2), before: detail.after, after });
  });
}

/** As they come: every tenth is a pledge. */
function aFullBatch(): CatalogueEvent[] {
  return Array.from({ length: fullBatch }, (_, at) =>
    confirmed(`batch-${at}`, at, at % 10 === 9 ? { amount: 2_500 } : undefined),
  );
}

function lettersToAll(): CatalogueEvent[] {
  return Array.from({ length: size.targets }, (_, at) => {
    const letter = {
      campaign,
      letter: `letter-${at}`,
      target: `${countryList[at]?.toLowerCase()}-health`,
      at: now,
    };
    return [
      toEvent('LetterRequested', { ...letter, id: `requested-${at}` }),
      toEvent('LetterDelivered', { ...letter, id: `delivered-${at}` }),
    ];
  }).flat();
}

const now = new Date().toISOString();

function confirmed(
  id: string,
  at: number,
  pledge?: Omit<NonNullable<Counted['pledge']>, 'currency'>,
): CatalogueEvent<'ActionConfirmed'> {
  const country = countryList[at % countryList.length] ?? 'KE';
  const currency = currencyList[at % size.currencies] ?? 'EUR';
  const of = { partner: `partner-${at % size.partners}`, source: `source-${at % size.sources}` };
  return toEvent('ActionConfirmed', {
    id: eventId(id, 1),
    at: now,
    action: `${campaign}~${pledge ? 'pledge' : 'signature'}~${id.padEnd(hashLength, '-')}`,
    after: {
      ...{ campaign, root: campaign, country, ...of, shown: true },
      kind: pledge ? 'pledge' : 'signature',
      ...(pledge && { pledge: { ...pledge, currency } }),
    },
  });
}

/** As long as ids are: versions begin with the time in milliseconds. */
function eventId(id: string, version: number): string {
  return `actions:${id}:${Date.parse(now) + version}`;
}

type Item = Record<string, AttributeValue>;

async function tallyBytes(host: Host): Promise<number> {
  const tally = (await itemsOf(host)).find(({ sk }) => sk?.S === 'tally');
  return itemBytes(tally ?? {});
}

/** The tally and its hour. */
async function itemsOf(host: Host): Promise<Item[]> {
  const items = await Promise.all([campaign, `${campaign}#hours`].map((pk) => itemsUnder(host, pk)));
  return items.flat();
}

async function itemsUnder(host: Host, pk: string): Promise<Item[]> {
  const { Items = [] } = await new DynamoDBClient(host.client).send(
    new QueryCommand({
      TableName: tableOf(host, 'TalliesTable'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead: true,
    }),
  );
  return Items;
}

async function scaleUp(host: Host): Promise<void> {
  const dynamo = new DynamoDBClient(host.client);
  for (const item of await itemsOf(host)) {
    const scaled = Object.entries(item).map(([name, value]) => [
      name,
      isCounter(name) ? scaledUp(value) : value,
    ]);
    const Item = Object.fromEntries(scaled);
    await dynamo.send(new PutItemCommand({ TableName: tableOf(host, 'TalliesTable'), Item }));
  }
}

/** `s`, `s@KE`, `s~qr`, `a#EUR`, `s:confirmed`: see functions/tallies/tally.ts. */
function isCounter(name: string): boolean {
  return /^[a-z](?:[@+~#:]|$)/.test(name);
}

function scaledUp({ N = '0' }: AttributeValue): AttributeValue {
  return { N: String(BigInt(N) * BigInt(scale)) };
}
