/** A campaign's page on this site: `/c/{slug}?…`. What is undefined is left out; the rest keeps its order. */
export function campaignPath(slug: string, query: Record<string, string | undefined> = {}): string {
  return `/c/${encodeURIComponent(slug)}${toQuery(query)}`;
}

/** The page that says how a campaign is counted. */
export function countPath(slug: string, lang: string): string {
  return `${campaignPath(slug)}/count${toQuery({ lang })}`;
}

/** `?name=value&…`, without what is undefined; empty when nothing is left. */
export function toQuery(values: Record<string, string | undefined>): string {
  const query = String(new URLSearchParams(defined(values))).replaceAll('+', '%20');
  return query && `?${query}`;
}

export function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
