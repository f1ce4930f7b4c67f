import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { differencesOf, sumOf, totalOf } from './counts.ts';
import { crowd } from './crowd.ts';
import { followInbox } from './follow-inbox.ts';
import { waitsFor } from './freshness.ts';
import { createLedger } from './ledger.ts';
import { createPresser } from './press.ts';
import { type LoadReport, type Progress, toSpread } from './report.ts';
import { submitOnSchedule } from './submit.ts';
import { readCounts, readTarget } from './target.ts';
import { watchTally } from './watch-tally.ts';

export interface LoadOptions {
  /** Origin of a running local stack. */
  url: string;
  /** Slug. */
  campaign: string;
  /** Submissions a second, and for how many seconds. */
  rate: number;
  seconds: number;
  seed: number;
  /** When nothing has moved for so many seconds, nothing is waited for any more. */
  patience?: number;
  /** Ends the run: nothing more is sent or confirmed, and what is under way is compared. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** Two mails to one address are a minute apart, so that the second is so long in coming. */
const usualPatience = 75;
/** Milliseconds that a tally which is as expected is given to become something else. */
const rest = 3_000;

/**
 * Puts a crowd on a campaign: submits on schedule, confirms by the links of the captured mails as they come, watches
 * the tally, and compares what it has become with what was sent.
 * @throws UnfitTarget when there is nothing to put it on.
 */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const { url, campaign: slug, rate, seconds, seed } = options;
  const { signal = new AbortController().signal, patience = usualPatience, onProgress } = options;
  const campaign = await readTarget(url, slug);
  const { counts: before } = await readCounts(url, slug);
  const run = randomUUID().slice(0, 8);
  const begun = performance.now();

  const ledger = createLedger();
  const watch = watchTally(url, slug, totalOf(before));
  const planned = Math.ceil(rate * seconds);
  const telling = setInterval(() => onProgress?.({ ledger, planned, counted: watch.counted() }), 500);
  const presser = createPresser(url, ledger);
  const inbox = followInbox(url, run, signal, presser.take);
  const submissions = crowd({ campaign, run, rate, seconds, seed });
  const punctuality = await submitOnSchedule(submissions, { url, ledger, signal });
  await untilOverOrStill({
    isOver: () =>
      (ledger.waiting === 0 || signal.aborted) &&
      presser.underWay() === 0 &&
      watch.counted() >= ledger.confirmed,
    moving: () => [ledger.mails, ledger.confirmed, presser.underWay(), watch.counted()],
    patience,
  });
  await inbox.stop();
  await setTimeout(rest);
  await watch.stop();
  clearInterval(telling);

  const expected = sumOf(before, ledger.counts());
  const { counts: found } = await readCounts(url, slug);
  const { sent, accepted, refused, retried, mails, confirmed, overtaken, times } = ledger;
  return {
    ...{ campaign: slug, rate, seconds, seed, run, interrupted: signal.aborted },
    took: (performance.now() - begun) / 1_000,
    ...{ sent, accepted, refused, retried, mails, confirmed, overtaken, punctuality },
    latency: { submission: toSpread(times.submission), confirmation: toSpread(times.confirmation) },
    freshness: toSpread(waitsFor(times.confirmedAt, watch.sightings, totalOf(before))),
    expected,
    differences: [...ledger.differences(signal.aborted), ...differencesOf(expected, found)],
  };
}

interface Waiting {
  isOver(): boolean;
  /** Numbers that change while something goes on. */
  moving(): number[];
  /** Seconds. */
  patience: number;
}

async function untilOverOrStill({ isOver, moving, patience }: Waiting): Promise<void> {
  let last = '';
  let since = performance.now();
  while (!isOver() && performance.now() - since < patience * 1_000) {
    const now = String(moving());
    if (now !== last) since = performance.now();
    last = now;
    await setTimeout(100);
  }
}
