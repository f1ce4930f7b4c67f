import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { type Step, steps, takeStep } from './campaign-life.ts';
import { ReasonRequest } from './campaign-settings.ts';
import { changeCampaign, etagOf } from './change-campaign.ts';
import { toState } from './settings-view.ts';

/** `POST /v1/campaigns/{slug}/pause`, and so on: the address says the step. */
export const handler = httpHandler(async ({ path, rawPath, headers, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'runCampaign', now);
  const step = requireStep(rawPath.split('/').at(-1) ?? '');
  const { reason } = validate(ReasonRequest, body);
  const entry = audited(
    { thing: `campaign:${slug}`, verb: 'runCampaign', by: authorOf(claims), reason },
    now,
  );
  const author = { audited: entry, ifMatch: headers['if-match'] };
  const campaign = await changeCampaign(slug, author, (stored) => takeStep(stored, step, now));
  log('info', `a campaign was asked to ${step}`, { campaign: slug, member: memberOf(claims) });
  return json(200, toState(campaign, now), { etag: etagOf(campaign) });
});

function requireStep(name: string): Step {
  if (Object.hasOwn(steps, name)) return name as Step;
  throw new Problem('not-found', 'There is nothing at this address.');
}
