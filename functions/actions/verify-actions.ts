import { writeEntry } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { changeEach } from './change-each.ts';
import { recordVerification } from './record-verification.ts';
import { type VerificationAnswer, VerificationRequest } from './verification-request.ts';

export const handler = httpHandler(async ({ path, body, claims, now }) => {
  const campaign = await requireCampaign(path['slug'] ?? '', claims, 'verifyActions', now);
  const { actions, reason, ...seen } = validate(VerificationRequest, body);
  const entry = {
    thing: `campaign:${campaign.slug}`,
    verb: 'verifyActions',
    by: authorOf(claims),
    changes: { actions: { after: actions } },
    reason,
  } as const;
  await writeEntry(entry, now);
  const results = await changeEach(
    actions.map((action) => ({ action })),
    ({ action }) => recordVerification(campaign, action, seen, now),
  );
  const count = results.filter(({ status }) => status === 'verified').length;
  log('info', 'actions were verified', { campaign: campaign.slug, member: memberOf(claims), count });
  return json(200, { results } satisfies VerificationAnswer);
});
