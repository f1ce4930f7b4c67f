import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireCampaign } from '../members/read.ts';
import { type LetterTextList, toTextView } from './letter-text-view.ts';
import { readTexts } from './text-store.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'readLetters', now);
  return json(200, { texts: (await readTexts(slug)).map(toTextView) } satisfies LetterTextList);
});
