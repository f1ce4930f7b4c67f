import { setTimeout } from 'node:timers/promises';
import { until } from '../test/support/a-visitor.ts';
import { type Figure, progress, quantile } from './figure.ts';
import { slug } from './run-campaign.ts';
import { press, type Supporter } from './supporters.ts';

/** Confirms five times a second; how long until the tally, read at the origin, has each. */
export async function freshness(url: string, supporters: Supporter[]): Promise<Figure[]> {
  progress(`${supporters.length} confirm one by one while the tally is watched`);
  const before = await total(url);
  const waited: Promise<number>[] = [];
  let seen = before;
  const watching = new AbortController();
  const watch = async () => {
    while (!watching.signal.aborted) {
      seen = await total(url);
      await setTimeout(50);
    }
  };
  const watched = watch();
  for (const [at, supporter] of supporters.entries()) {
    const pressed = performance.now();
    await press(url, supporter);
    const shown = until(
      async () => (seen > before + at ? performance.now() - pressed : undefined),
      'the tally',
    );
    waited.push(shown);
    await setTimeout(Math.max(0, 200 - (performance.now() - pressed)));
  }
  const seconds = (await Promise.all(waited)).map((ms) => ms / 1_000);
  watching.abort();
  await watched;
  const how = `${supporters.length} people press the button of their link, five a second; the tally is read at the origin every 50 ms until it has each.`;
  return [
    { name: 'confirmation to tally read, p95', measured: quantile(seconds, 0.95), bound: 3, unit: ' s', how },
    { name: 'confirmation to tally read, median', measured: quantile(seconds), unit: ' s', how },
  ];
}

/** All actions that the public tally counts. */
async function total(url: string): Promise<number> {
  const { signatures, pledges } = await (await fetch(`${url}/v1/campaigns/${slug}/tally`)).json();
  return signatures.total + pledges.total;
}
