import { randomBytes } from 'node:crypto';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { isMoment, isOrganisation } from '../network/read.ts';
import { draftWith, type Kept } from './apply-settings.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignRequest, CampaignSettings } from './campaign-settings.ts';

/** A draft of what was asked for, of an organisation that the author may begin campaigns of. @throws Problem `invalid-fields`. */
export async function beginCampaign(request: CampaignRequest, now: number): Promise<Campaign> {
  const { slug, organisation, partOf, reason: _reason, ...settings } = request;
  if (!(await isOrganisation(organisation)))
    throw wrong('/organisation', 'unknown-organisation', 'There is no such organisation in the network.');
  await requireKnownMoment(settings);
  const kept: Kept = {
    slug,
    status: 'draft',
    owner: organisation,
    ...(partOf && { partOf }),
    partners: [],
    targets: { rules: [], ids: [], except: [] },
    notes: [],
    version: 1,
    salt: randomBytes(32).toString('base64url'),
  };
  return draftWith(settings, kept, now);
}

/** @throws Problem as `requireCampaign` does; `invalid-fields` when the campaign is a chapter itself. */
export async function requireRoot(slug: string, claims: Record<string, unknown>, now: number): Promise<void> {
  const { partOf, status } = await requireCampaign(slug, claims, 'addChapter', now);
  if (partOf !== undefined)
    throw wrong('/partOf', 'is-a-chapter', 'This is a chapter itself; name the campaign that it is part of.');
  if (status === 'archived') throw wrong('/partOf', 'archived', 'This campaign is archived.');
}

/** @throws Problem `invalid-fields` when there is no such moment. */
export async function requireKnownMoment({ moment }: Pick<CampaignSettings, 'moment'>): Promise<void> {
  if (moment === undefined || (await isMoment(moment))) return;
  throw wrong('/moment', 'unknown-moment', 'There is no such moment; GET /v1/moments lists them.');
}

function wrong(pointer: string, code: string, message: string) {
  return invalidFields([{ pointer, code, message }]);
}
