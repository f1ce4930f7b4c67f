import { type Action, type Current, type Details, mostJoined } from './action.ts';
import { historyKey } from './count-history.ts';

/**
 * What becomes current when a request is confirmed that was asked at this version, whatever campaigns were signed before;
 * undefined when the link is no good: overtaken, expired, or pressed in a millisecond that has a confirmation already.
 */
export function confirmAsked(action: Action, version: number, now: number): Current | undefined {
  const { asked, askedVersion, history } = action;
  if (!asked || askedVersion !== version || asked.expiresAt <= now) return undefined;
  if (Object.hasOwn(history, historyKey(now, 'confirmed'))) return undefined;
  const { expiresAt: _expiresAt, counts: _counts, ...said } = asked;
  return joinCampaign(action, said);
}

/**
 * What was said last, beside the campaigns that were signed before, of which only what stands confirmed goes on: signing
 * after a withdrawal joins nothing. Who signs more campaigns than an action keeps leaves the one signed longest ago.
 */
function joinCampaign({ state, current, confirmedAt }: Action, said: Details): Current {
  if (state !== 'confirmed' || !current || confirmedAt === undefined) return said;
  const { campaign, partner, source, consents, joined = [] } = current;
  const last = {
    campaign,
    ...(partner && { partner }),
    ...(source && { source }),
    consents,
    at: confirmedAt,
  };
  const others = [...joined, last].filter((each) => each.campaign !== said.campaign).slice(-mostJoined);
  return others.length > 0 ? { ...said, joined: others } : said;
}

/**
 * What was said in one of the campaigns that an action counts for, or did: that of the newest details, or one that was
 * joined before. Undefined when the campaign was not signed itself, such as the root of a chapter.
 */
export function saidIn<Newest extends { campaign: string }, Other extends { campaign: string }>(
  newest: Newest & { joined?: Other[] | undefined },
  campaign: string,
): Newest | Other | undefined {
  return newest.campaign === campaign ? newest : newest.joined?.find((other) => other.campaign === campaign);
}

/** The newest details as they were said in one of the campaigns; undefined when that one was not signed itself. */
export function saidBefore(
  { joined = [], logo: _logo, ...newest }: Current,
  campaign: string,
): Details | undefined {
  if (newest.campaign === campaign) return newest;
  const said = joined.find((other) => other.campaign === campaign);
  if (!said) return undefined;
  const { at: _at, ...own } = said;
  const { partner: _partner, source: _source, ...shared } = newest;
  return { ...shared, ...own };
}
