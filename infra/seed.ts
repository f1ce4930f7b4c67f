import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { Campaign } from '../functions/campaigns/campaign.ts';
import { addCampaign } from '../functions/campaigns/campaign-store.ts';
import { letterTextIn } from '../functions/letters/check-letter-text.ts';
import type { LetterText } from '../functions/letters/letter-text.ts';
import { getText, saveText } from '../functions/letters/text-store.ts';
import { Member } from '../functions/members/member.ts';
import { addRoster } from '../functions/members/member-store.ts';
import { newId } from '../functions/members/new-id.ts';
import { Moment } from '../functions/network/moment.ts';
import { addMoment } from '../functions/network/moment-store.ts';
import { Organisation } from '../functions/network/organisation.ts';
import { addOrganisation } from '../functions/network/organisation-store.ts';
import { importTargets } from '../functions/targets/import-targets.ts';
import { parseRegistry } from '../functions/targets/parse-registry.ts';
import { listTargets } from '../functions/targets/target-store.ts';
import { TargetSelection } from '../shared/kernel/target-selection.ts';

/**
 * Puts the network, the moments that campaigns belong to, the registry of targets, the campaigns and the texts of their
 * letters from infra/seed into the tables named by NETWORK_TABLE, MEMBERS_TABLE, TARGETS_TABLE, CAMPAIGNS_TABLE and
 * LETTERS_TABLE, checked as the API does. It can be run again: what is there already stays as people have made it since.
 * An organisation that has members keeps these and gets no others.
 */
const Seeded = Member.pick({ email: true, organisation: true, role: true }).strict();
const Network = z.strictObject({ organisations: z.array(Organisation), members: z.array(Seeded) });
const CampaignFile = Campaign.omit({ salt: true }).extend({ targets: TargetSelection });

const folder = new URL('./seed/', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

const network = Network.parse(readJson('network.json'));
await Promise.all(network.organisations.map(addOrganisation));
for (const { slug } of network.organisations) await seedMembers(slug);
await Promise.all(z.array(Moment).parse(readJson('moments.json')).map(addMoment));
await seedTargets();
for (const file of readdirSync(new URL('campaigns/', folder)))
  await seedCampaign(CampaignFile.parse(readJson(`campaigns/${file}`)));

async function seedMembers(organisation: string): Promise<void> {
  const since = new Date().toISOString();
  const members = network.members
    .filter((member) => member.organisation === organisation)
    .map((member) => ({ ...member, id: newId(), since, version: 1 }));
  if (members.length > 0) await addRoster(organisation, members);
}

/** Offices under ids that the registry does not have, unless it has them under others. */
async function seedTargets(): Promise<void> {
  const registry = parseRegistry(readFileSync(new URL('targets.json', folder)), 'json');
  const wrong = [...registry.faults, ...registry.errors];
  if (wrong.length > 0) throw new Error(`targets.json is refused: ${JSON.stringify(wrong, null, 2)}`);
  const known = new Set((await listTargets({ consistent: true })).map(({ id }) => id));
  const missing = registry.targets.filter(({ target }) => !known.has(target.id));
  const file = { ...registry, targets: missing, rows: missing.length };
  const { added, errors } = await importTargets(file, { skipBad: true }, Date.now());
  console.info(`targets: ${added} seeded, ${registry.rows - missing.length} there already`);
  for (const { id, message } of errors) console.info(`${id} is not seeded. ${message}`);
}

async function seedCampaign(campaign: z.output<typeof CampaignFile>): Promise<void> {
  const { slug } = campaign;
  for (const [language, text] of lettersOf(slug))
    if (!(await getText(slug, language))) await saveText(slug, language, text, Date.now());
  // Last, so that a campaign never lacks its letters.
  const isNew = await addCampaign({ ...campaign, salt: randomBytes(32).toString('base64url') });
  console.info(`${slug}: ${isNew ? 'seeded' : 'is there already'}`);
}

/** The campaign's own words in its letters, by language: one file each. */
function lettersOf(slug: string): Array<[language: string, text: LetterText]> {
  const path = `letters/${slug}/`;
  if (!existsSync(new URL(path, folder))) return [];
  return readdirSync(new URL(path, folder)).map((file) => {
    const language = file.replace(/\.json$/, '');
    return [language, letterTextIn(language).parse(readJson(path + file)) as LetterText];
  });
}
