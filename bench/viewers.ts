/** How long a shared cache keeps an answer, in seconds: RFC 9111 (`s-maxage`) and RFC 5861 (`stale-while-revalidate`). */
export interface Freshness {
  fresh: number;
  /** Beyond that, for so long, it is still given while a newer one is fetched. */
  staleWhileRevalidate: number;
}

export interface Audience {
  viewers: number;
  /** Caches that fetch for themselves; viewers are spread evenly over them. */
  nodes: number;
  /** Seconds between two looks of a viewer, by a random number of 0 to 1. */
  pause: (random: number) => number;
  /** Seconds that the origin takes to answer. */
  fetching: number;
}

/** A minute of an audience, on average, once everybody has looked. */
export interface Minute {
  looks: number;
  /** Requests to the origin. */
  reads: number;
  /** Looks that had to wait for the origin, since what was kept was too old to be given. */
  waits: number;
}

/** @throws Error for an answer that shared caches may not keep. */
export function toFreshness(cacheControl: string): Freshness {
  const directives = new Map(
    cacheControl.split(',').map((directive) => {
      const [name = '', value = ''] = directive.trim().toLowerCase().split('=');
      return [name, Number(value)];
    }),
  );
  const fresh = directives.get('s-maxage') ?? directives.get('max-age') ?? 0;
  if (!directives.has('public') || !(fresh > 0))
    throw new Error(`Not kept by shared caches: ${cacheControl}`);
  return { fresh, staleWhileRevalidate: directives.get('stale-while-revalidate') ?? 0 };
}

/** The most reads a minute that can come of it, however many look. */
export function mostReads({ fresh }: Freshness, nodes: number): number {
  return (nodes * 60) / fresh;
}

/** Simulates a CDN in front of one address: per node one kept answer, and one fetch at a time, which all share. */
export function simulateViewers(
  audience: Audience,
  freshness: Freshness,
  random: () => number = Math.random,
): Minute {
  const minute: Minute = { looks: 0, reads: 0, waits: 0 };
  for (let node = 0; node < audience.nodes; node++) {
    const viewers = Math.floor((audience.viewers + node) / audience.nodes);
    const ofNode = simulateNode(looksOf(viewers, audience, random), audience.fetching, freshness);
    for (const key of ['looks', 'reads', 'waits'] as const) minute[key] += ofNode[key] / minutes;
  }
  return minute;
}

/** What is measured follows a minute in which everybody comes. Seconds. */
const measured = { from: 60, to: 360 };
const minutes = (measured.to - measured.from) / 60;

/** When viewers look, in order. */
function looksOf(viewers: number, { pause }: Audience, random: () => number): Float64Array {
  const looks: number[] = [];
  for (let viewer = 0; viewer < viewers; viewer++) {
    for (let at = random() * measured.from; at < measured.to; at += pause(random())) looks.push(at);
  }
  return Float64Array.from(looks).sort();
}

function simulateNode(
  looks: Float64Array,
  fetching: number,
  { fresh, staleWhileRevalidate }: Freshness,
): Minute {
  const minute: Minute = { looks: 0, reads: 0, waits: 0 };
  /** When the kept answer came, or will come. */
  let [kept, coming] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of looks) {
    if (coming <= at) kept = coming;
    const counts = at >= measured.from;
    const isFresh = at - kept < fresh;
    if (counts) minute.looks += 1;
    if (counts && at - kept >= fresh + staleWhileRevalidate) minute.waits += 1;
    if (isFresh || coming > at) continue;
    coming = at + fetching;
    if (counts) minute.reads += 1;
  }
  return minute;
}
