/** How fast a tally moves, and how soon looking at it again makes sense. */
interface Pace {
  /** Confirmed signatures a minute, averaged over the last minute or so. */
  rate: number;
  /** Seconds. */
  pollAfter: number;
}

const busy = 600;

/**
 * The rate decays by the minute and grows by what is counted now: a steady stream of n a minute settles at n.
 * Readers are asked to come back later when it is busy, and sooner when the next goal is near.
 */
export function nextPace(
  before: { rate: number; asOf: number },
  signatures: number,
  total: number,
  goals: number[],
  now: number,
): Pace {
  const minutes = Math.max(0, now - before.asOf) / 60_000;
  const rate = Math.round((before.rate * Math.exp(-minutes) + Math.max(0, signatures)) * 10) / 10;
  const missing = Math.min(...goals.filter((goal) => goal > total)) - total;
  const isNear = missing <= Math.max(3, rate / 2);
  return { rate, pollAfter: isNear ? 3 : rate > busy ? 10 : 5 };
}
