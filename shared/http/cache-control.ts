/**
 * `cache-control` of what is the same for everybody: it is good for so many seconds at the CDN, for as many more while
 * it is read anew, and for ten minutes while we cannot be reached (docs/adr/0009). Browsers ask each time.
 */
export function publicFor(seconds: number): string {
  return `public, s-maxage=${seconds}, stale-while-revalidate=${seconds}, stale-if-error=600`;
}

/** Of a file whose name has a hash of its content in it. */
export const foreverCache = 'public, max-age=31536000, immutable';

/**
 * Of the one address at which the newest widget is found. A visit to a few pages of a site asks once; who comes back within
 * the hour waits for nothing and has the new one the next time, so a correction is everywhere in little more than an hour;
 * and while our files cannot be reached, a page keeps its widget for a day.
 */
export const stableCache = 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400';
