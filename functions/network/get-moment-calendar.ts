import { createHash } from 'node:crypto';
import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { ifKnown } from '../../shared/http/if-known.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { momentCalendar } from './moment-calendar.ts';
import { listMoments } from './moment-store.ts';

export const handler = httpHandler(async ({ query, headers }) => {
  const language = chooseLanguage([query['lang']], languages, 'en');
  const body = momentCalendar(await listMoments(), language);
  const kept = {
    'cache-control': publicFor(300),
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="moments.ics"',
  };
  return ifKnown(headers, kept) ?? { statusCode: 200, headers: kept, body };
});
