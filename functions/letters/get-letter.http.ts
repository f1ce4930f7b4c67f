import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireLetter, toLetterView } from './public-letter.ts';

export const handler = httpHandler(async ({ path, claims, now }) =>
  json(200, toLetterView(await requireLetter(path['id'] ?? '', claims, now))),
);
