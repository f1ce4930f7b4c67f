import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { Campaign, Organisation, Target } from '../functions/campaigns/campaign.ts';
import { addCampaign, addOrganisation, putTargets } from '../functions/campaigns/campaign-store.ts';
import { Member } from '../functions/members/member.ts';
import { putMember } from '../functions/members/member-store.ts';

/**
 * Puts the network and the campaigns of infra/seed into the tables named by CAMPAIGNS_TABLE and MEMBERS_TABLE, checked
 * by the schemas of the API. What is there already is left as it is, so that it can be run again.
 */
const Network = z.strictObject({ organisations: z.array(Organisation), members: z.array(Member) });
const CampaignFile = z.strictObject({
  campaign: Campaign.omit({ salt: true }),
  targets: z.array(Target.omit({ campaign: true })),
});

const folder = new URL('./seed/', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

const network = Network.parse(readJson('network.json'));
await Promise.all([...network.organisations.map(addOrganisation), ...network.members.map(putMember)]);
for (const file of readdirSync(new URL('campaigns/', folder)))
  await seedCampaign(CampaignFile.parse(readJson(`campaigns/${file}`)));

async function seedCampaign({ campaign, targets }: z.output<typeof CampaignFile>): Promise<void> {
  await putTargets(targets.map((target) => ({ ...target, campaign: campaign.slug })));
  // Last, so that a campaign never lacks its targets.
  const isNew = await addCampaign({ ...campaign, salt: randomBytes(32).toString('base64url') });
  console.info(`${campaign.slug}: ${isNew ? `seeded with ${targets.length} targets` : 'is there already'}`);
}
