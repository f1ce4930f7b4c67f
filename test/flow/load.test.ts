import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differencesOf } from '../../bench/load/counts.ts';
import { between, type Random, seeded } from '../../bench/load/random.ts';
import { toText } from '../../bench/load/report.ts';
import { runLoad } from '../../bench/load/run-load.ts';
import { readCounts } from '../../bench/load/target.ts';
import { functionOf } from '../../bench/stack.ts';
import type { Host } from '../../infra/local/host.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';

/** How many signatures: `LOAD_SIGNATURES=10000` for as many as docs/operating.md tells of. */
const signatures = Number(process.env['LOAD_SIGNATURES'] ?? 800);
const seed = Number(process.env['LOAD_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const campaign = 'mental-health-for-all';
/** Of a hundred submissions some 84 become signatures: the others are pledges, repeated or invalid. */
const submissions = Math.ceil(signatures / 0.8) + 20;
const rate = 40;

describe(`a crowd of ${submissions}, seed ${seed}`, () => {
  let stack: RunningStack;
  beforeAll(async () => {
    stack = await aStack({ shuffleAndRepeat: true });
  });
  afterAll(() => stack?.stop());

  it('is counted exactly, though counting is killed, hindered and refused at random, and every event comes twice, out of order', {
    timeout: 60_000 + submissions * 400,
  }, async () => {
    const { url, host } = stack;
    const counter = functionOf(host, 'TalliesCountChanges');
    hinder(host, counter);
    const killer = killAtRandom(host, counter, seeded(seed));

    const report = await runLoad({ url, campaign, rate, seconds: submissions / rate, seed });
    const { kills, struck } = await killer.stop();
    await host.quiet(60_000);

    console.log(`${toText(report)}\n${kills} kills struck ${struck} invocations`);
    expect(report.differences).toEqual([]);
    expect(report.expected['signatures.total']).toBeGreaterThanOrEqual(signatures);
    expect(struck).toBeGreaterThan(0);
    const { counts } = await readCounts(url, campaign);
    expect(differencesOf(report.expected, counts)).toEqual([]);
  });
});

/** What DynamoDB does under load, at the local gateway: conflicts, throttles, and replies that are lost. */
function hinder(host: Host, caller: string): void {
  const call = { caller, service: 'dynamodb', operation: 'TransactWriteItems', times: 15 };
  const cancelled = { name: 'TransactionCanceledException', reasons: ['None', 'TransactionConflict'] };
  const throttled = { name: 'ProvisionedThroughputExceededException' };
  const broken = { name: 'InternalServerError', status: 500 };
  host.faults.add({ ...call, when: 'before', error: cancelled });
  host.faults.add({ ...call, when: 'before', error: throttled });
  host.faults.add({ ...call, when: 'after', error: broken });
}

/** Kills a function again and again: each time in one of its next few invocations, or shortly after it. */
function killAtRandom(host: Host, functionId: string, random: Random) {
  const killed = { kills: 0, struck: 0 };
  const begun = () => host.invocations()[functionId] ?? 0;
  let going = true;
  const kill = async () => {
    for (let next = 1; going; next = begun() + between(random, 1, 4)) {
      while (going && begun() < next) await setTimeout(5);
      await setTimeout(1_500 * random() ** 3);
      killed.kills += 1;
      killed.struck += host.kill(functionId);
    }
    return killed;
  };
  const done = kill();
  return {
    stop: () => {
      going = false;
      return done;
    },
  };
}
