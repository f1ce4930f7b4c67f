import type { AuditedThing } from '../../shared/audit/entry.ts';
import { type HttpRequest, httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireCampaign, requireNetwork, requireOrganisation } from '../members/read.ts';
import { LogQuery } from './log-query.ts';
import { readLog } from './log-store.ts';

export const handler = httpHandler(async (request) => {
  const thing = await requireThing(request);
  return json(200, await readLog(thing, validate(LogQuery, request.query)));
});

/** What the address names, for whoever may read its log. */
async function requireThing({ path, claims, now }: HttpRequest): Promise<AuditedThing> {
  const { slug, organisation } = path;
  if (slug !== undefined) {
    const campaign = await requireCampaign(slug, claims, 'readLog', now);
    return `campaign:${campaign.slug}`;
  }
  if (organisation !== undefined) {
    await requireOrganisation(organisation, claims, 'readOrganisationLog', now);
    return `organisation:${organisation}`;
  }
  await requireNetwork(claims, 'readNetworkLog', now);
  return 'network';
}
