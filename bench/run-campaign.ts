import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Host } from '../infra/local/host.ts';
import { progress } from './figure.ts';
import { meter, type Used } from './meter.ts';
import { type Heard, takeEvents } from './stack.ts';
import { confirm, inTurn, readMail, type Supporter, someSupporters, submit } from './supporters.ts';

/** A campaign of its own: the seeded one without milestones, so that no letters mix with what is measured. */
export const slug = 'bench';

export interface CampaignRun {
  submitted: number;
  submitting: Used;
  confirmed: number;
  confirming: Used;
  mails: number;
  events: Heard[];
  /** Supporters with a mail who have not confirmed yet. */
  left: Supporter[];
}

/** Supporters sign one after the other, then confirm, some at a time, as by the links in their mails. */
export async function runCampaign(host: Host, confirming: number, left: number): Promise<CampaignRun> {
  await addCampaign(host);
  await warmUp(host);
  const warmUpMails = await inboxSize(host.url);
  const supporters = someSupporters('bench', confirming + left);
  progress(`${supporters.length} people sign`);
  const whenSubmitting = await meter(host, () => inTurn(supporters, 1, (one) => submit(host.url, slug, one)));
  const mails = (await readMail(host.url, supporters)) - warmUpMails;
  const now = supporters.slice(0, confirming);
  progress(`${now.length} of them confirm`);
  const whenConfirming = await meter(host, () => inTurn(now, 4, (one) => confirm(host.url, one)));
  return {
    submitted: supporters.length,
    submitting: whenSubmitting,
    confirmed: now.length,
    confirming: whenConfirming,
    mails,
    events: await takeEvents(host),
    left: supporters.slice(confirming),
  };
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

/** Everything loaded and cached once, and the events of that forgotten. */
async function warmUp(host: Host): Promise<void> {
  const some = someSupporters('warm-up', 10);
  await inTurn(some, 1, (one) => submit(host.url, slug, one));
  await readMail(host.url, some);
  await inTurn(some, 1, (one) => confirm(host.url, one));
  await host.quiet(60_000);
  await takeEvents(host);
}

async function inboxSize(url: string): Promise<number> {
  return ((await (await fetch(`${url}/inbox/messages`)).json()) as unknown[]).length;
}
