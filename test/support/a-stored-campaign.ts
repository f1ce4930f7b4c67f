import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import type { Partnership } from '../../functions/campaigns/partnership.ts';
import type { Moment } from '../../functions/network/moment.ts';
import type { Organisation } from '../../functions/network/organisation.ts';
import { aCampaign, aCampaignText } from './a-campaign.ts';
import type { RunningStack } from './a-stack.ts';

/** Puts a campaign of one's own beside those that are seeded; it is open, and asks nobody in particular. */
export async function putCampaign(stack: RunningStack, changes: Partial<Campaign>): Promise<Campaign> {
  const campaign = aCampaign({
    texts: { en: aCampaignText() },
    opensAt: '2020-01-01T00:00:00Z',
    milestones: { world: [1_000_000], country: [] },
    targets: { rules: [], ids: [], except: [] },
    ...changes,
  });
  await put(stack, 'CampaignsTable', { pk: 'campaign', sk: campaign.slug, ...campaign });
  return campaign;
}

export async function putOrganisation(stack: RunningStack, organisation: Organisation): Promise<void> {
  await put(stack, 'NetworkTable', { pk: 'organisation', sk: organisation.slug, ...organisation });
}

export async function putMoment(stack: RunningStack, moment: Moment): Promise<void> {
  await put(stack, 'NetworkTable', { pk: 'moment', sk: moment.slug, ...moment });
}

/** What a partner says in a campaign; the campaign itself names it among its partners. */
export async function putPartnership(stack: RunningStack, partnership: Partnership): Promise<void> {
  const { campaign, organisation } = partnership;
  await put(stack, 'CampaignsTable', { pk: `partners#${campaign}`, sk: organisation, ...partnership });
}

/** @param table by the output of the stack that names it. */
async function put({ host }: RunningStack, table: string, item: object): Promise<void> {
  const database = new DynamoDBClient(host.client);
  const TableName = host.template.outputs[table];
  await database.send(
    new PutItemCommand({ TableName, Item: marshall(item, { removeUndefinedValues: true }) }),
  );
}
