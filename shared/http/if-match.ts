/**
 * Whether a header If-Match lets a change go on, of what has this ETag now: it names it, or is not there (RFC 9110,
 * 13.1.1). A tag that was weakened on its way still names its version.
 */
export function fitsIfMatch(ifMatch: string | undefined, etag: string): boolean {
  const tags = ifMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags === undefined || tags.includes(etag) || tags.includes('*');
}
