import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireCampaign } from '../members/read.ts';
import { listLetters } from './letter-store.ts';
import { type LetterList, toLetterView } from './letter-view.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const slug = path['slug'] ?? '';
  await requireCampaign(slug, claims, 'readLetters', now);
  return json(200, { letters: (await listLetters(slug)).map(toLetterView) } satisfies LetterList);
});
