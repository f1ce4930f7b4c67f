import type { CacheKey, EdgePath } from './constructs/edge-policies.ts';

const byPath: CacheKey = {};
const byLanguage: CacheKey = { query: ['lang'] };
/** What of a campaign is read, and by whose supporter. */
const byReading: CacheKey = { query: ['lang', 'targets', 'partner'] };
const byPeriod: CacheKey = { query: ['by', 'from', 'to'] };
const byKindAndPage: CacheKey = { query: ['cursor', 'kind', 'limit'] };
const byFormat: CacheKey = { query: ['format', 'lang'], headers: ['Accept'] };
/** One address for a page, in the reader's language, and for JSON. */
const byReaderAndFormat: CacheKey = { query: ['format', 'lang'], headers: ['Accept', 'Accept-Language'] };
/** What of a campaign is to be shown on another page, and how. */
const byEmbedding: CacheKey = { query: ['lang', 'kind', 'partner', 'source', 'theme'] };
/** The same as a page. */
const byEmbeddingAndReader: CacheKey = { ...byEmbedding, headers: ['Accept-Language'] };
const byCard: CacheKey = { query: ['url', 'format', 'maxwidth', 'maxheight'] };
/** Pages choose their language by the browser's, too. */
const byReader: CacheKey = { query: ['lang', 'kind', 'partner', 'source'], headers: ['Accept-Language'] };

/**
 * Which answers the CDN may keep, if they say so themselves, and by what it tells them apart; `undefined` passes everything
 * on, each time, and `'long'` does so for campaigners' work that may take longer than 5 s. The first path that fits counts, `*`
 * stands for slashes too, and what fits none is passed on. So what is below a campaign is passed on as campaigners' work unless
 * it is named here: what anyone reads, and what anyone sends, which is answered in 5 s or not at all.
 * The directory, `/v1/campaigns`, is passed on, too: campaigners post there, with their token.
 */
export const edgePaths: Record<string, EdgePath> = {
  '/v1/campaigns/*/tally': byPath,
  '/v1/campaigns/*/tally.svg': byPath,
  '/v1/campaigns/*/tally/history': byPeriod,
  '/v1/campaigns/*/count': byFormat,
  '/v1/campaigns/*/embed': byEmbedding,
  '/v1/campaigns/*/organisations': byKindAndPage,
  '/v1/campaigns/*/signatures': undefined,
  '/v1/campaigns/*/pledges': undefined,
  '/v1/campaigns/*/endorsements': undefined,
  '/v1/campaigns/*/*': 'long',
  '/v1/campaigns/*': byReading,
  '/v1/moments.ics': byLanguage,
  '/v1/targets/import': 'long',
  '/c/*/count': byReader,
  '/c/*/*': undefined,
  '/c/*': byReader,
  '/embed/*': byEmbeddingAndReader,
  '/oembed': byCard,
  '/letters/*': byReaderAndFormat,
  '/logos/*': byPath,
  '/': byReader,
  '/docs*': byPath,
  '/openapi.json': byPath,
};
