import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { toLetterView } from './letter-view.ts';
import { requireLetter } from './require-letter.ts';

export const handler = httpHandler(async ({ path, claims, now }) =>
  json(200, toLetterView(await requireLetter(path['id'] ?? '', claims, now))),
);
