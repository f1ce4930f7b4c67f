import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { invalidFields, validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { isOrganisation } from '../network/read.ts';
import { changePartnership, etagOfPartnership } from './change-partnership.ts';
import { invite, requirePart } from './partnership.ts';
import { PartnerInvitation, toPartnershipView } from './partnership-view.ts';

export const handler = httpHandler(async ({ path, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'invitePartners', now);
  const { organisation, reason } = validate(PartnerInvitation, body);
  await requireKnown(organisation);
  const by = authorOf(claims);
  const author = { by, verb: 'invitePartners', reason, now } as const;
  let isNew = false;
  const changed = await changePartnership({ campaign: slug, organisation }, author, (coalition) => {
    const next = invite(coalition, organisation, now);
    isNew = next !== coalition;
    return next;
  });
  log('info', 'an organisation was invited', { campaign: slug, organisation, member: memberOf(claims) });
  const { partnership } = requirePart(changed);
  return json(isNew ? 201 : 200, toPartnershipView(changed), { etag: etagOfPartnership(partnership) });
});

async function requireKnown(organisation: string): Promise<void> {
  if (await isOrganisation(organisation)) return;
  const message = 'There is no such organisation in the network.';
  throw invalidFields([{ pointer: '/organisation', code: 'unknown-organisation', message }]);
}
