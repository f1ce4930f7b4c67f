import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Host } from '../infra/local/host.ts';
import { progress } from './figure.ts';
import { meter, type Used } from './meter.ts';
import { type Heard, takeEvents } from './stack.ts';
import {
  confirm,
  inTurn,
  readInbox,
  readMail,
  type Supporter,
  someSupporters,
  submit,
} from './supporters.ts';
import { type Traffic, takeTraffic } from './traffic.ts';

/** A campaign of its own: the seeded one without milestones, so that no letters mix with what is measured. */
export const slug = 'bench';

/** Some people did one thing, one time each; and all that followed from it. */
export interface Observed {
  people: number;
  used: Used;
  traffic: Traffic;
  events: Heard[];
  mails: number;
}

export interface CampaignRun {
  submission: Observed;
  confirmation: Observed;
  /** Signed again at once: refused, and nobody is told so. */
  repeatAtOnce: Observed;
  /** Those who did, and when they had first signed (milliseconds since the epoch). */
  repeaters: Supporter[];
  repeatersSignedAt: number;
  confirmed: Supporter[];
  /** Supporters with a mail who have not confirmed yet. */
  left: Supporter[];
}

const sizes = { repeaters: 20, confirming: 200, left: 50 };

/** Supporters sign one after the other, then confirm, some at a time, as by the links in their mails. */
export async function runCampaign(host: Host): Promise<CampaignRun> {
  await addCampaign(host);
  await warmUp(host);
  const sign = (one: Supporter) => submit(host.url, slug, one);
  const repeaters = someSupporters('again', sizes.repeaters);
  const supporters = someSupporters('bench', sizes.confirming + sizes.left);
  const [confirmed, left] = [supporters.slice(0, sizes.confirming), supporters.slice(sizes.confirming)];
  progress(`${repeaters.length} people sign twice, and ${supporters.length} once`);
  await observe(host, repeaters, 1, sign);
  const repeatersSignedAt = Date.now();
  const repeatAtOnce = await observe(host, repeaters, 1, sign);
  const submission = await observe(host, supporters, 1, sign);
  await readMail(host.url, supporters);
  progress(`${confirmed.length} of them confirm`);
  const confirmation = await observe(host, confirmed, 4, (one) => confirm(host.url, one));
  return { submission, confirmation, repeatAtOnce, repeaters, repeatersSignedAt, confirmed, left };
}

/** Some people do something, `atOnce` at a time. */
export async function observe(
  host: Host,
  people: Supporter[],
  atOnce: number,
  work: (one: Supporter) => Promise<unknown>,
): Promise<Observed> {
  await takeEvents(host);
  takeTraffic();
  const before = (await readInbox(host.url)).length;
  const used = await meter(host, () => inTurn(people, atOnce, work));
  const traffic = takeTraffic();
  const mails = (await readInbox(host.url)).length - before;
  return { people: people.length, used, traffic, events: await takeEvents(host), mails };
}

/** Adds the bench's campaign to a stack that is seeded. */
export async function addCampaign({ client, template }: Host): Promise<void> {
  const dynamo = new DynamoDBClient(client);
  const TableName = template.outputs['CampaignsTable'];
  const Key = { pk: { S: 'campaign' }, sk: { S: 'mental-health-for-all' } };
  const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key }));
  const name = { S: slug };
  const none = { L: [] };
  const milestones = { M: { world: none, country: none } };
  await dynamo.send(new PutItemCommand({ TableName, Item: { ...Item, sk: name, slug: name, milestones } }));
}

/** Everything loaded and cached once. */
async function warmUp(host: Host): Promise<void> {
  const some = someSupporters('warm-up', 10);
  await inTurn(some, 1, (one) => submit(host.url, slug, one));
  await readMail(host.url, some);
  await inTurn(some, 1, (one) => confirm(host.url, one));
  await host.quiet(60_000);
}
