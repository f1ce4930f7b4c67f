import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Host } from '../infra/local/host.ts';
import { type Figure, progress } from './figure.ts';
import { sum } from './meter.ts';
import { addCampaign, slug } from './run-campaign.ts';
import { type Heard, takeEvents } from './stack.ts';
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
  await inTurn(supporters, 4, async ({ token = '' }) => void (await press(host.url, token)));
  await inTurn(withdrawn, 4, ({ token = '' }) => withdraw(host.url, token));
  await host.quiet(60_000);
  await replay(host, await takeEvents(host));
  await host.quiet(60_000);
  const { tally, hours } = await storedCounts(host);
  const expected = countsOf(supporters.slice(withdrawn.length));
  const mails = await readMail(host.url, supporters);
  return [
    {
      name: 'wrong counts after replays and shuffles',
      measured: differences(expected, tally) + differences(tally, hours),
      bound: 0,
    },
    { name: 'mails per action, every event delivered six times', measured: mails / supporters.length },
  ];
}

async function replay({ template, putEvent }: Host, heard: Heard[]): Promise<void> {
  const [bus = ''] = template.ofType('AWS::Events::EventBus').map(([id]) => template.nameOf(id));
  for (const { body } of heard.toReversed()) await putEvent(bus, JSON.parse(body));
}

/** What the tally's counters have to be: see functions/tallies/tally.ts. */
function countsOf(supporters: Supporter[]): Counts {
  const counts: Counts = {};
  const add = (name: string, value = 1) => {
    counts[name] = (counts[name] ?? 0) + value;
  };
  for (const { kind, country } of supporters) {
    const letter = kind === 'signature' ? 's' : 'p';
    add(letter);
    add(`${letter}@${country}`);
    if (kind === 'pledge') {
      add('n#EUR');
      add('a#EUR', 2_500);
    }
  }
  return counts;
}

async function storedCounts({ client, template }: Host): Promise<{ tally: Counts; hours: Counts }> {
  const tables = template.ofType('AWS::DynamoDB::Table').map(([id]) => id);
  const answer = await new DynamoDBClient(client).send(
    new QueryCommand({
      TableName: template.nameOf(tables.find((id) => id.startsWith('TalliesTable')) ?? ''),
      KeyConditionExpression: 'pk = :campaign',
      ExpressionAttributeValues: { ':campaign': { S: slug } },
      ConsistentRead: true,
    }),
  );
  const [tally, hours]: [Counts, Counts] = [{}, {}];
  for (const { sk, ...rest } of (answer.Items ?? []).map((item) => unmarshall(item))) {
    const into = sk === 'tally' ? tally : hours;
    for (const [name, value] of Object.entries(rest)) {
      if (/^[spnaf]([@+#]|$)/.test(name)) into[name] = (into[name] ?? 0) + value;
    }
  }
  return { tally, hours };
}

/** Every unit by which two sets of counters differ. */
function differences(one: Counts, other: Counts): number {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return sum([...names].map((name) => Math.abs((one[name] ?? 0) - (other[name] ?? 0))));
}
