import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { findLetters } from './letter-store.ts';
import { type LetterList, LetterQuery, toLetterView } from './letter-view.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const slug = path['slug'] ?? '';
  await requireCampaign(slug, claims, 'readLetters', now);
  const { letters, after = null } = await findLetters(slug, validate(LetterQuery, query));
  return json(200, { letters: letters.map(toLetterView), cursor: after } satisfies LetterList);
});
