import { Problem } from '../../shared/kernel/problem.ts';
import { type CampaignVerb, requireCampaign } from '../members/read.ts';
import { fromLetterId, type Letter } from './letter.ts';
import { getLetter } from './letter-store.ts';

/** The letter, for a campaigner who may do this to those of its campaign. @throws Problem `not-found` when there is no such letter, and to whom it is not to be known. */
export async function requireLetter(
  id: string,
  claims: Record<string, unknown>,
  verb: CampaignVerb,
  now: number,
): Promise<Letter> {
  const key = fromLetterId(id);
  await requireCampaign(key.campaign, claims, verb, now);
  const letter = key.letter ? await getLetter(key) : undefined;
  if (!letter) throw new Problem('not-found', 'There is no such letter.');
  return letter;
}
