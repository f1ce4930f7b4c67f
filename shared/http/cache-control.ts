/**
 * `cache-control` of what is the same for everybody: it is good for so many seconds at the CDN, for as many more while
 * it is read anew, and for ten minutes while we cannot be reached (docs/adr/0009). Browsers ask each time.
 */
export function publicFor(seconds: number): string {
  return `public, s-maxage=${seconds}, stale-while-revalidate=${seconds}, stale-if-error=600`;
}
