import { audited } from '../../shared/audit/entry.ts';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { fitsIfMatch } from '../../shared/http/if-match.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { defineLetterTrial } from '../letters/read.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import type { Campaign } from './campaign.ts';
import { changeCampaign, etagOf } from './change-campaign.ts';
import { closingOf, statusAt } from './publish-campaign.ts';
import { publishDraft } from './publish-draft.ts';
import { type Review, readReview } from './read-review.ts';
import { type PublishedCampaign, PublishRequest } from './review-view.ts';

const tryLetters = defineLetterTrial(setting('LAMBDA_TASK_ROOT'), setting('SITE_URL'));

export const handler = httpHandler(async ({ path, query, headers, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'runCampaign', now);
  const asked = validate(PublishRequest, body);
  const review = await readReview(slug, [query['lang']], tryLetters, now);
  const author = {
    audited: audited(
      { thing: `campaign:${slug}`, verb: 'runCampaign', by: authorOf(claims), reason: asked.reason },
      now,
    ),
    ifMatch: asReviewed(review, headers['if-match']),
  };
  const campaign = await changeCampaign(slug, author, (stored) => publishDraft(stored, review, asked, now));
  log('info', 'a campaign was published', { campaign: slug, member: memberOf(claims) });
  return json(200, toPublished(campaign, review, now), { etag: etagOf(campaign) });
});

/** What was looked through is published, and nothing that somebody makes of it meanwhile. */
function asReviewed({ of: campaign }: Review, ifMatch: string | undefined): string | undefined {
  const reviewed = etagOf(campaign);
  return fitsIfMatch(ifMatch, reviewed) ? reviewed : ifMatch;
}

function toPublished(campaign: Campaign, { problems, similar }: Review, now: number): PublishedCampaign {
  const closesAt = closingOf(campaign);
  return {
    campaign: campaign.slug,
    status: statusAt(campaign, now),
    opensAt: campaign.opensAt,
    ...(closesAt && { closesAt }),
    problems,
    similar,
  };
}
