import { httpHandler, json, seeOther } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { fromActionId } from './action.ts';
import type { ConfirmedAnswer } from './action-answer.ts';
import { confirmAction } from './action-store.ts';
import { requireConfirmed } from './confirm-action.ts';
import { requireTaken } from './confirmable.ts';
import { manageLink, requireToken, siteLink } from './links.ts';
import { TokenRequest } from './token-request.ts';

export const handler = httpHandler(async (request) => {
  const { token } = validate(TokenRequest, request.body);
  const link = await requireToken(token, 'confirm', request.now);
  await requireTaken(link, request.now);
  const { action, campaign, version, expiresAt } = link;
  requireConfirmed(await confirmAction(action, version, request.now), version);
  const manageUrl = await manageLink(action, version, expiresAt);
  if (request.isForm) return seeOther(`/confirmed${new URL(manageUrl).search}`);
  return json(200, {
    status: 'confirmed',
    campaign,
    kind: fromActionId(action).kind,
    manageUrl,
    tallyUrl: siteLink(`/v1/campaigns/${campaign}/tally`),
  } satisfies ConfirmedAnswer);
}, problemPage);
