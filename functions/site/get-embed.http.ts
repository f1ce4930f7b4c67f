import { setting } from '../../shared/aws/env.ts';
import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { toEmbedCodes } from './embed-answer.ts';
import { toEmbedOptions } from './embed-options.ts';

const site = setting('SITE_URL');
const keepsFiles = setting('OLD_FILES') === 'kept';

/** What to copy to have a campaign on a page of one's own. */
export const handler = httpHandler(async ({ path, query, now }) => {
  const campaign = await readPublicAsk(path['slug'] ?? '', [query['lang']], now);
  const { options, errors } = toEmbedOptions(query, campaign);
  if (errors.length > 0) throw invalidFields(errors);
  const codes = toEmbedCodes({ site, campaign, options }, keepsFiles);
  return json(200, codes, { 'cache-control': publicFor(60) });
});
