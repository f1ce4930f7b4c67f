import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import type { Campaign } from './campaign.ts';
import { isBlocking } from './list-problems.ts';
import { statusAt } from './publish-campaign.ts';
import type { CampaignReview, PublishRequest } from './review-view.ts';
import type { SimilarCampaign } from './similar-view.ts';

/** As many as a problem document names. */
const mostErrors = 100;

/**
 * The campaign once it is published; by its times it is scheduled or live. One that is published already stays as it is,
 * so that a request whose answer was lost can be made again.
 * @throws Problem `conflict` with all that blocks it, and the campaigns to look at first; or when it is past publishing.
 */
export function publishDraft(
  campaign: Campaign,
  { problems, similar }: Pick<CampaignReview, 'problems' | 'similar'>,
  asked: PublishRequest,
  now: number,
): Campaign {
  if (campaign.status === 'live') return campaign;
  if (campaign.status !== 'draft') throw notDraft(statusAt(campaign, now));
  const blocking = problems.filter(isBlocking);
  const unseen = asked.similar === 'seen' ? [] : similar.filter(({ mustBeSeen }) => mustBeSeen);
  if (blocking.length + unseen.length > 0) throw notReady(blocking, unseen);
  return { ...campaign, status: 'live' };
}

function notDraft(status: Campaign['status']): Problem {
  return new Problem('conflict', `This campaign is ${status}; only a draft can be published.`);
}

function notReady(blocking: CampaignReview['problems'], unseen: SimilarCampaign[]): Problem {
  const parts = [
    ...(blocking.length > 0 ? ['Correct what is named in errors first.'] : []),
    ...(unseen.length > 0
      ? ['Look at the campaigns that resemble it and could be joined instead; then send "similar": "seen".']
      : []),
  ];
  const errors = [...blocking.map(toError), ...unseen.map(toSeeFirst)].slice(0, mostErrors);
  return new Problem('conflict', `The campaign is not published. ${parts.join(' ')}`, { errors });
}

function toError({ pointer = '', code, message }: CampaignReview['problems'][number]): FieldError {
  return { pointer, code, message };
}

function toSeeFirst({ title, slug, same, join }: SimilarCampaign): FieldError {
  const { moment, topics, offices } = same;
  const common = [
    ...(moment ? [`the moment ${moment}`] : []),
    ...(offices.count > 0
      ? [
          `${offices.count === 1 ? 'one office' : `${offices.count} offices`} (${Math.round(offices.share * 100)} % of yours)`,
        ]
      : []),
    ...(topics.length > 0 ? [`the topics ${topics.join(', ')}`] : []),
  ];
  const message = `“${title}” (${slug}) has in common with yours: ${common.join('; ')}. To join it instead: ${join.how}`;
  return { pointer: '/similar', code: 'similar-campaign', message };
}
