import { directReactor } from '../../shared/events/reactor.ts';
import { readDailyCounts } from '../tallies/read.ts';
import { readTargetsNow } from '../targets/read.ts';
import { requestLetter } from './letter-store.ts';
import { toLetters } from './request-letters.ts';
import { readWriting } from './writing-campaign.ts';

/** As many writes as the database's connections take without one waiting for another. */
const atOnce = 25;

export const handler = directReactor(['MilestoneReached'], async ({ detail }, now) => {
  const campaign = await readWriting(detail.campaign, now);
  if (!campaign) return;
  const [targets, days] = await Promise.all([
    // Not those remembered: a milestone comes once, and an office that was imported just before would have no letter.
    readTargetsNow(campaign.targets),
    readDailyCounts(detail.campaign, Date.parse(detail.at)),
  ]);
  const letters = toLetters(detail, campaign, targets, days);
  for (let at = 0; at < letters.length; at += atOnce)
    await Promise.all(letters.slice(at, at + atOnce).map(requestLetter));
});
