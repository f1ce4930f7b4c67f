import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { toLanguage } from './check-letter-text.ts';
import { etagOf, TextQuery, toTextView } from './letter-text-view.ts';
import { getText } from './text-store.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'readLetters', now);
  const { version } = validate(TextQuery, query);
  const language = toLanguage(path['language'] ?? '');
  const text = language && (await getText(slug, language, version));
  if (!text) throw new Problem('not-found', 'There is no such text of letters; PUT it here.');
  return json(200, toTextView(text), { etag: etagOf(text) });
});
