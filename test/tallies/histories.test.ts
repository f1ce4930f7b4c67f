import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openRooms, type Rooms } from './audit/rooms.ts';
import { chosenSeeds, historyOf, toReport } from './audit/seeds.ts';
import { aStage, type Outcome, type Stage } from './audit/stage.ts';

const seeds = chosenSeeds(process.env);
/** Histories on one stage, and stages at a time: the functions of one work while the engine of the other does. */
const [perStage, stages] = [50, 2];

/** What must have happened in a thousand histories, or they prove less than they seem to. */
const happenings = [
  ...['ask refused', 'expire done', 'pressed again', 'relay stopped', 'part of a batch failed'],
  ...['confirm', 'withdraw', 'erase', 'invalidate', 'fulfil', 'verify'].flatMap((it) => [
    `${it} done`,
    `${it} refused`,
  ]),
  ...['GetItem', 'UpdateItem', 'TransactWriteItems'].flatMap((operation) =>
    ['done', 'end before', 'end after', 'cut before', 'cut after', 'ThrottlingException before'].map(
      (it) => `${operation}: ${it}`,
    ),
  ),
  'TransactWriteItems: TransactionConflict',
  'TransactWriteItems: ThrottlingError',
  'TransactWriteItems: InternalServerError after',
  'a batch given up',
  ...['the root beside 1', 'the root beside 2', 'a chapter beside 1', 'a chapter beside 2'],
  ...['a sum beyond 2^53', 'several are shown', 'counted by source', 'counted an organisation'],
];

let rooms: Rooms;

beforeAll(async () => {
  rooms = await openRooms();
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('what is counted of a random history', () => {
  test(
    `is what its commands and its stored rows say, in every breakdown (${seeds.length} of them)`,
    async () => {
      const seen = new Set<string>();
      const left = [...seeds];
      const player = async () => {
        while (left.length > 0) {
          const some = left.splice(0, perStage);
          for (const { diary } of await play(some)) for (const line of diary) seen.add(line);
        }
      };
      await Promise.all(Array.from({ length: stages }, player));
      if (seeds.length >= 1_000) expect([...seen]).toEqual(expect.arrayContaining(happenings));
    },
    120_000 + 1_000 * seeds.length,
  );

  test('comes about in the same way whenever it is played, and beside whatever else', async () => {
    const histories = [1, 2, 3, 4, 5, 6].map(historyOf);
    await onStage(async (stage) => {
      const together = await stage.play(histories);
      for (const [at, history] of histories.entries()) {
        const [alone] = await stage.play([history]);
        expect(alone?.diary).toEqual(together[at]?.diary);
      }
    });
  });

  test('is judged by a model and an auditor that have no code of those they judge', () => {
    for (const file of ['model.ts', 'auditor.ts'])
      for (const path of importsOf(new URL(`./audit/${file}`, import.meta.url)))
        expect(path).toMatch(/\/test\/(tallies\/audit|support\/a-campaign\.ts)/);
  });
});

/** @throws Error that says how to play it again, when a history was counted wrong. */
async function play(some: number[]): Promise<Outcome[]> {
  return onStage(async (stage) => {
    const outcomes = await stage.play(some.map(historyOf));
    const wrong = outcomes.findIndex(({ error }) => error !== undefined);
    if (wrong >= 0) throw new Error(await toReport(some[wrong] ?? 0, outcomes[wrong]?.error, stage));
    return outcomes;
  });
}

async function onStage<T>(act: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await aStage(rooms);
  try {
    return await act(stage);
  } finally {
    await stage.stop();
  }
}

/** Files of the project that a file runs, itself among them. */
function importsOf(file: URL): string[] {
  const text = readFileSync(file, 'utf8');
  const paths = [...text.matchAll(/^import (?!type)[^;]*? from '(\.[^']*)';$/gm)].map(
    ([, path]) => path ?? '',
  );
  return [file.pathname, ...paths.flatMap((path) => importsOf(new URL(path, file)))];
}
