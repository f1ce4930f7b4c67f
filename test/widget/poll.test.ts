import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { poll, waitFor } from '../../web/live/poll.ts';

describe('the next read', () => {
  test('comes when the server says, a little apart for each reader', () => {
    expect([0, 0.5, 1].map((random) => waitFor(10, 0, random))).toEqual([9_000, 10_000, 11_000]);
  });

  test('comes ever later while reading fails, after five minutes on average at most', () => {
    expect([1, 2, 3].map((failures) => waitFor(5, failures, 0.5))).toEqual([10_000, 20_000, 40_000]);
    expect(waitFor(5, 60, 0.5)).toBe(300_000);
    expect(waitFor(5, 2_000, 0.5)).toBe(300_000);
  });

  test('is spread over a wide time after failures, so that readers do not come back all at once', () => {
    expect([0, 1].map((random) => waitFor(5, 1, random))).toEqual([5_000, 15_000]);
  });
});

describe('who polls', () => {
  let wanted: boolean;
  let answers: Array<number | undefined>;
  let reads: number[];
  let plan: () => void;
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    [wanted, answers, reads] = [true, [], []];
    plan = poll(
      async () => {
        reads.push(Date.now());
        return answers.length > 0 ? answers.shift() : 10;
      },
      () => wanted,
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test('reads nothing until it is wanted', async () => {
    wanted = false;
    plan();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toEqual([]);
  });

  test('reads at once, and then as often as the server says', async () => {
    answers = [10, 30];
    plan();
    await vi.advanceTimersByTimeAsync(45_000);
    expect(reads).toEqual([0, 10_000, 40_000]);
  });

  test('stops while it is not wanted, and reads again when it is and it is time', async () => {
    plan();
    await vi.advanceTimersByTimeAsync(1_000);
    wanted = false;
    plan();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toEqual([0]);
    wanted = true;
    plan();
    await vi.advanceTimersByTimeAsync(0);
    expect(reads).toEqual([0, 61_000]);
  });

  test('does not read sooner because it was hidden and shown', async () => {
    plan();
    await vi.advanceTimersByTimeAsync(4_000);
    for (const each of [false, true, false, true]) {
      wanted = each;
      plan();
    }
    await vi.advanceTimersByTimeAsync(5_999);
    expect(reads).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1);
    expect(reads).toEqual([0, 10_000]);
  });

  test('waits longer after each failure, and is as before once reading works again', async () => {
    answers = [undefined, undefined, 10];
    plan();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(reads).toEqual([0, 10_000, 30_000, 40_000]);
  });
});
