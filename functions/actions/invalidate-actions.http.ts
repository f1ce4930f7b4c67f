import { writeEntry } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { invalidateAction } from './action-store.ts';
import { changeEach } from './change-each.ts';
import { type InvalidationAnswer, InvalidationRequest, toInvalidated } from './invalidate-actions.ts';
import { mayBeOwn } from './own-action.ts';

export const handler = httpHandler(async ({ path, body, claims, now }) => {
  const campaign = await requireCampaign(path['slug'] ?? '', claims, 'invalidateActions', now);
  const { actions, reason } = validate(InvalidationRequest, body);
  await writeEntry(
    {
      thing: `campaign:${campaign.slug}`,
      verb: 'invalidateActions',
      by: authorOf(claims),
      changes: { actions: { after: actions } },
      reason,
    },
    now,
  );
  const chapter = campaign.partOf && campaign.slug;
  const results = await changeEach(
    actions.map((action) => ({ action })),
    async ({ action }) =>
      mayBeOwn(campaign, action)
        ? toInvalidated(campaign, await invalidateAction(action, reason, now, chapter))
        : 'unknown',
  );
  const count = results.filter(({ status }) => status === 'invalidated').length;
  log('info', 'actions were invalidated', {
    campaign: campaign.slug,
    member: memberOf(claims),
    reason,
    count,
  });
  return json(200, { results } satisfies InvalidationAnswer);
});
