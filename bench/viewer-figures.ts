import type { Host } from '../infra/local/host.ts';
import { waitFor } from '../web/live/poll.ts';
import type { Chart } from './chart.ts';
import { progress } from './figure.ts';
import type { Measured } from './section.ts';
import { type Audience, mostReads, simulateViewers, toFreshness } from './viewers.ts';

/** CloudFront has 13 regional caches, and all its edge locations fetch through one of them. */
export const nodes = 13;
/** Seconds: a round trip across an ocean and a function's work. */
const fetching = 0.25;
const audiences = [1, 10, 100, 1_000, 10_000, 100_000];

/** What viewers cost the origin, by the headers and the pace that the real answer gives. */
export async function viewerFigures({ url }: Host): Promise<Measured> {
  progress(`up to ${Math.max(...audiences)} viewers are simulated`);
  const { cacheControl, pollAfter } = await readTally(url, 'mental-health-for-all');
  const freshness = toFreshness(cacheControl);
  const pause = pauseOf(pollAfter);
  const minutes = new Map(
    audiences.map((viewers) => [viewers, simulateViewers({ viewers, nodes, fetching, pause }, freshness)]),
  );
  const reads = (viewers: number) => minutes.get(viewers)?.reads ?? Number.NaN;
  const looks = (viewers: number) => minutes.get(viewers)?.looks ?? Number.NaN;
  const how = `${nodes} simulated caches, each with one fetch of ${fetching} s at a time; viewers look every ${pollAfter} s as web/live/poll.ts has it; kept as the tally's own header says: ${cacheControl}.`;
  return {
    figures: [
      ...[1, 1_000].map((viewers) => ({
        name: `origin reads a minute with ${shown(viewers)}`,
        measured: reads(viewers),
        how,
      })),
      {
        name: `origin reads a minute with ${shown(100_000)}`,
        measured: reads(100_000),
        bound: mostReads(freshness, nodes),
        how,
      },
      {
        name: 'origin reads with 100,000 viewers against those with 1,000',
        measured: reads(100_000) / reads(1_000),
        bound: 1.1,
        unit: '×',
        how: 'The quotient of the two. Looks of 1,000 viewers leave a little time between the end of what is kept and the next look at each cache.',
      },
      {
        name: 'looks a minute of 100,000 viewers, nearly all of them answered by caches',
        measured: Math.round(looks(100_000)),
        how,
      },
    ],
    charts: [readsChart(reads, looks)],
  };
}

function readsChart(reads: (viewers: number) => number, looks: (viewers: number) => number): Chart {
  const series = (label: string, of: (viewers: number) => number) => ({
    label,
    points: audiences.map((viewers) => ({ x: viewers, y: of(viewers) })),
  });
  return {
    name: 'viewers',
    title: 'Looks at the tally a minute, and those that reach the origin, by viewers',
    unit: ' a minute',
    across: 'viewers',
    upward: 'logarithmic',
    lines: [series('looks of viewers', looks), series('reads of the origin', reads)],
  };
}

/** What a viewer's browser asks for, and how often. */
export async function readTally(
  url: string,
  slug: string,
): Promise<{ cacheControl: string; pollAfter: number }> {
  const answer = await fetch(`${url}/v1/campaigns/${slug}/tally`);
  const { pollAfter } = await answer.json();
  return { cacheControl: answer.headers.get('cache-control') ?? '', pollAfter };
}

/** Seconds between two looks, by what the page and the widget share. */
function pauseOf(pollAfter: number): Audience['pause'] {
  return (random) => waitFor(pollAfter, 0, random) / 1_000;
}

function shown(viewers: number): string {
  return viewers === 1 ? '1 viewer' : `${viewers.toLocaleString('en')} viewers`;
}
