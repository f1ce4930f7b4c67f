import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { ifKnown } from '../../shared/http/if-known.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readTally } from './read.ts';
import { readHours } from './read-hours.ts';
import { HistoryQuery, toHistory, toPeriod } from './tally-history.ts';

/** The tally is read first, and its hours as they are then or later: what is kept by a tag is never older than it says. */
export const handler = httpHandler(async ({ path, query, headers, now }) => {
  const asked = validate(HistoryQuery, query);
  const tally = await readTally(path['slug'] ?? '', now);
  const kept = { 'cache-control': publicFor(60), etag: `"${tally.version}"` };
  const known = ifKnown(headers, kept);
  if (known) return known;
  const history = toHistory(tally, asked.by, toPeriod(asked, tally), await readHours(tally));
  return json(200, history, kept);
});
