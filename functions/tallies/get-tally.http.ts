import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readTally } from './read.ts';
import { toPublicTally } from './tally.ts';

const cacheControl = 'public, s-maxage=2, stale-while-revalidate=2, stale-if-error=600';

export const handler = httpHandler(async ({ path, headers, now }) => {
  const tally = await readTally(path['slug'] ?? '', now);
  const etag = `"${tally.version}"`;
  const kept = { 'cache-control': cacheControl, etag };
  if (headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return { statusCode: 304, headers: kept };
  return json(200, toPublicTally(tally), kept);
});
