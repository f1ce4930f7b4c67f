import { Problem } from '../../shared/kernel/problem.ts';
import { requireCampaign } from '../members/read.ts';
import { fromLetterId, type Letter } from './letter.ts';
import { getLetter } from './letter-store.ts';

/** @throws Problem `not-found` when there is no such letter, and to whom it is not to be known. */
export async function requireLetter(
  id: string,
  claims: Record<string, unknown>,
  now: number,
): Promise<Letter> {
  const key = fromLetterId(id);
  await requireCampaign(key.campaign, claims, 'readLetters', now);
  const letter = key.letter ? await getLetter(key) : undefined;
  if (!letter) throw new Problem('not-found', 'There is no such letter.');
  return letter;
}
