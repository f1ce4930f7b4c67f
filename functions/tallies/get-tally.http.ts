import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readTally } from './read.ts';
import { toPublicTally } from './tally.ts';

const cacheControl = 'public, s-maxage=2, stale-while-revalidate=2, stale-if-error=600';

export const handler = httpHandler(async ({ path, headers, now }) => {
  const tally = await readTally(path['slug'] ?? '', now);
  const etag = `"${tally.version}"`;
  const kept = { 'cache-control': cacheControl, etag };
  if (isKnown(etag, headers['if-none-match'])) return { statusCode: 304, headers: kept };
  return json(200, toPublicTally(tally), kept);
});

/** Compared weakly (RFC 9110, 13.1.2): a CDN that compresses makes `W/"7"` of `"7"`. */
function isKnown(etag: string, ifNoneMatch = ''): boolean {
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
