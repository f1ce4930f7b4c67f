import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Campaign, Organisation } from '../../functions/campaigns/campaign.ts';
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
  await put(stack, { pk: 'campaign', sk: campaign.slug, ...campaign });
  return campaign;
}

export async function putOrganisation(stack: RunningStack, organisation: Organisation): Promise<void> {
  await put(stack, { pk: 'organisation', sk: organisation.slug, ...organisation });
}

async function put({ host }: RunningStack, item: object): Promise<void> {
  const database = new DynamoDBClient(host.client);
  const TableName = host.template.outputs['CampaignsTable'];
  await database.send(
    new PutItemCommand({ TableName, Item: marshall(item, { removeUndefinedValues: true }) }),
  );
}
