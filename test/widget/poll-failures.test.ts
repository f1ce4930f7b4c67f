import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { poll } from '../../web/live/poll.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('who polls goes on after an answer that cannot be shown, as after a failure, and does not hide what was wrong', async () => {
  const thrown = catchInTimers();
  const reads: number[] = [];
  const plan = poll(
    async () => {
      if (reads.push(Date.now()) < 3) throw new TypeError('no numbers');
      return 10;
    },
    () => true,
  );

  plan();
  await vi.advanceTimersByTimeAsync(40_000);

  expect(reads).toEqual([0, 10_000, 30_000, 40_000]);
  expect(thrown.map(String)).toEqual(['TypeError: no numbers', 'TypeError: no numbers']);
});

/** What callbacks of timers reject with, which nobody waits for. */
function catchInTimers(): unknown[] {
  const thrown: unknown[] = [];
  const wait = setTimeout;
  vi.stubGlobal('setTimeout', (run: () => Promise<void>, time: number) =>
    wait(() => run().catch((error: unknown) => thrown.push(error)), time),
  );
  return thrown;
}
