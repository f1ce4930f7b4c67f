/** What visitors asked of the site, and what it answered. */
export interface Traffic {
  requests: number;
  /** Of these, the ones that sent something. */
  posts: number;
  /** Bytes of the answers' bodies, as the origin gave them. */
  bytes: number;
}

const seen: Traffic = { requests: 0, posts: 0, bytes: 0 };

/** `fetch` as a visitor's browser does it, counted. Redirects are not followed. */
export async function visit(url: string | URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  seen.requests += 1;
  if (init.method === 'POST') seen.posts += 1;
  seen.bytes += (await response.clone().arrayBuffer()).byteLength;
  return response;
}

/** What was counted since the last call. */
export function takeTraffic(): Traffic {
  const taken = { ...seen };
  Object.assign(seen, { requests: 0, posts: 0, bytes: 0 });
  return taken;
}
