import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { ifKnown } from '../../shared/http/if-known.ts';
import { readTally } from './read.ts';
import { toPublicTally } from './tally.ts';

export const handler = httpHandler(async ({ path, headers, now }) => {
  const tally = await readTally(path['slug'] ?? '', now);
  const kept = { 'cache-control': publicFor(2), etag: `"${tally.version}"` };
  return ifKnown(headers, kept) ?? json(200, toPublicTally(tally), kept);
});
