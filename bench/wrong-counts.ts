import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Host } from '../infra/local/host.ts';
import { type Figure, progress } from './figure.ts';
import { sum } from './meter.ts';
import { addCampaign, slug } from './run-campaign.ts';
import { type Heard, tableOf, takeEvents } from './stack.ts';
import { inTurn, press, readMail, type Supporter, someSupporters, submit, withdraw } from './supporters.ts';

type Counts = Record<string, number>;

/**
 * A small campaign of which every event comes twice, late and out of order, and then all of them once more from the
 * last to the first. (What a crash does is in test/flow/crash.test.ts.)
 */
export async function wrongCounts(host: Host): Promise<Figure[]> {
  await addCampaign(host);
  const supporters = someSupporters('shuffled', 60);
  const withdrawn = supporters.slice(0, 15);
  progress(
    `${supporters.length} sign and confirm, ${withdrawn.length} withdraw; events repeated and shuffled`,
  );
  await inTurn(supporters, 4, (one) => submit(host.url, slug, one));
  await readMail(host.url, supporters);
  await inTurn(supporters, 4, (one) => press(host.url, one));
  await inTurn(withdrawn, 4, (one) => withdraw(host.url, one));
  await host.quiet(60_000);
  await replay(host, await takeEvents(host));
  await host.quiet(60_000);
  const { tally, hours } = await storedCounts(host);
  const expected = countsOf(supporters, withdrawn);
  const mails = await readMail(host.url, supporters);
  const how = `${supporters.length} people sign and confirm, ${withdrawn.length} of them withdraw; every event is delivered twice, late and shuffled, then all again from the last to the first. Every counter is compared to what these people did, and the tally to the sum of its hours.`;
  return [
    {
      name: 'wrong counts after replays and shuffles',
      measured: differences(expected, tally) + differences(tally, hours),
      bound: 0,
      how,
    },
    {
      name: 'mails per action, every event delivered six times',
      measured: mails / supporters.length,
      how: 'Mails in the inbox after that, for each person.',
    },
  ];
}

async function replay({ template, putEvent }: Host, heard: Heard[]): Promise<void> {
  const [bus = ''] = template.ofType('AWS::Events::EventBus').map(([id]) => template.nameOf(id));
  for (const { body } of heard.toReversed()) await putEvent(bus, JSON.parse(body));
}

/** What the tally's counters have to be: see functions/tallies/tally.ts. */
function countsOf(supporters: Supporter[], withdrawn: Supporter[]): Counts {
  const counts: Counts = {};
  const add = (name: string, value: number) => {
    counts[name] = (counts[name] ?? 0) + value;
  };
  for (const { kind } of supporters) add(`${kind[0]}:confirmed`, 1);
  for (const { kind } of withdrawn) add(`${kind[0]}:withdrawn`, 1);
  for (const { kind, country } of supporters.filter((one) => !withdrawn.includes(one))) {
    add(`${kind[0]}`, 1);
    add(`${kind[0]}@${country}`, 1);
    if (kind === 'signature') add('s~qr', 1);
    if (kind === 'pledge') {
      add('n#EUR', 1);
      add('a#EUR', 2_500);
    }
  }
  return counts;
}

async function storedCounts(host: Host): Promise<{ tally: Counts; hours: Counts }> {
  const items = await Promise.all([slug, `${slug}#hours`].map((pk) => storedUnder(host, pk)));
  const [tally, hours]: [Counts, Counts] = [{}, {}];
  for (const { sk, ...rest } of items.flat()) {
    const into = sk === 'tally' ? tally : hours;
    for (const [name, value] of Object.entries(rest)) {
      if (/^[spnaf]([@+~#:]|$)/.test(name)) into[name] = (into[name] ?? 0) + value;
    }
  }
  return { tally, hours };
}

async function storedUnder(host: Host, pk: string) {
  const { Items = [] } = await new DynamoDBClient(host.client).send(
    new QueryCommand({
      TableName: tableOf(host, 'TalliesTable'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => unmarshall(item));
}

/** Every unit by which two sets of counters differ. */
function differences(one: Counts, other: Counts): number {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return sum([...names].map((name) => Math.abs((one[name] ?? 0) - (other[name] ?? 0))));
}
