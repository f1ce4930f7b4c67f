/** When the tally was first seen to show so many actions. Times in ms, of one clock. */
export interface Sighting {
  at: number;
  total: number;
}

/**
 * How long each confirmation waited for the tally, in ms: the k-th, in the order of their answers, until the tally was
 * first seen to show k more than at the start. The mean is exact in whatever order they are counted; a quantile is that
 * of counting them in order. It was stored a little before its answer, and counted a little before it was seen: the
 * first error is at most the latency of confirming, the second one interval of looking. Those never seen are left out.
 */
export function waitsFor(answered: number[], sightings: Sighting[], before: number): number[] {
  const inOrder = [...answered].sort((a, b) => a - b);
  const waits: number[] = [];
  let seen = 0;
  for (const [index, at] of inOrder.entries()) {
    while (seen < sightings.length && Number(sightings[seen]?.total) < before + index + 1) seen += 1;
    const sighting = sightings[seen];
    if (sighting) waits.push(Math.max(0, sighting.at - at));
  }
  return waits;
}
