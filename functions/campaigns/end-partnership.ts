import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import { log } from '../../shared/aws/log.ts';
import { type HttpAnswer, type HttpRequest, httpHandler, nothing } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign, requireOrganisation } from '../members/read.ts';
import { changePartnership, type PartnershipAuthor } from './change-partnership.ts';
import { end } from './partnership.ts';

/** By those whose campaign it is: also an invitation is taken back. */
export const ending = httpHandler(async (request) => {
  await requireCampaign(request.path['slug'] ?? '', request.claims, 'invitePartners', request.now);
  return endAs('invitePartners', request);
});

/** By the partner. */
export const leaving = httpHandler(async (request) => {
  await requireOrganisation(request.path['organisation'] ?? '', request.claims, 'actAsPartner', request.now);
  return endAs('actAsPartner', request);
});

async function endAs(verb: PartnershipAuthor['verb'], request: HttpRequest): Promise<HttpAnswer> {
  const { path, query, headers, claims, now } = request;
  const { organisation = '', slug: campaign = '' } = path;
  const { reason } = validate(ReasonQuery, query);
  const author = { by: authorOf(claims), verb, reason, ifMatch: headers['if-match'], now };
  await changePartnership({ campaign, organisation }, author, (coalition) => end(coalition, now));
  log('info', 'a partnership was ended', { campaign, organisation, member: memberOf(claims) });
  return nothing();
}
