import { writeEntry } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { changeEach } from './change-each.ts';
import { type FulfilmentAnswer, FulfilmentRequest } from './fulfil-pledges.ts';
import { recordFulfilment } from './record-fulfilment.ts';

export const handler = httpHandler(async ({ path, body, claims, now }) => {
  const campaign = await requireCampaign(path['slug'] ?? '', claims, 'fulfilPledges', now);
  const { fulfilments, reason } = validate(FulfilmentRequest, body);
  await writeEntry(
    {
      thing: `campaign:${campaign.slug}`,
      verb: 'fulfilPledges',
      by: authorOf(claims),
      changes: { fulfilments: { after: fulfilments } },
      reason,
    },
    now,
  );
  const results = await changeEach(fulfilments, (fulfilment) => recordFulfilment(campaign, fulfilment, now));
  const count = results.filter(({ status }) => status === 'recorded').length;
  log('info', 'payments of pledges were recorded', {
    campaign: campaign.slug,
    member: memberOf(claims),
    count,
  });
  return json(200, { results } satisfies FulfilmentAnswer);
});
