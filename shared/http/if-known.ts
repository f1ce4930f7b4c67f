import type { HttpAnswer, HttpRequest } from './http-handler.ts';

/** What an answer that may be kept says of itself. */
export type KeptHeaders = Record<'cache-control' | 'etag', string> & Record<string, string>;

/**
 * 304 when the reader has this very answer already. Tags are compared weakly (RFC 9110, 13.1.2): a CDN that compresses
 * makes `W/"7"` of `"7"`.
 */
export function ifKnown(headers: HttpRequest['headers'], kept: KeptHeaders): HttpAnswer | undefined {
  const tags = headers['if-none-match']?.split(',') ?? [];
  const isKnown = tags.some((tag) => tag.trim().replace(/^W\//, '') === kept.etag);
  return isKnown ? { statusCode: 304, headers: kept } : undefined;
}
