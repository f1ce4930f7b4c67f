import { httpHandler, json, seeOther } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { decideBy } from '../campaigns/read.ts';
import { fromActionId, linkLifetime } from './action.ts';
import type { ConfirmedAnswer } from './action-answer.ts';
import { confirmAction } from './action-store.ts';
import { requireConfirmed } from './confirm-action.ts';
import { manageLink, requireToken, siteLink } from './links.ts';
import { requireConfirmable } from './take-action.ts';
import { TokenRequest } from './token-request.ts';

export const handler = httpHandler(async (request) => {
  const { token } = validate(TokenRequest, request.body);
  const { action, campaign, version, expiresAt } = await requireToken(token, 'confirm', request.now);
  const askedAt = expiresAt - linkLifetime;
  await decideBy(campaign, request.now, (found) => requireConfirmable(found, askedAt, request.now));
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
