import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { etagOfLetter } from './change-letter.ts';
import { toLetterView } from './letter-view.ts';
import { requireLetter } from './require-letter.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const letter = await requireLetter(path['id'] ?? '', claims, 'readLetters', now);
  return json(200, toLetterView(letter), { etag: etagOfLetter(letter) });
});
