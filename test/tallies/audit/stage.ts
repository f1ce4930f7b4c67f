import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openStream } from '../../../infra/local/engines/table-stream.ts';
import { noon } from '../../support/a-campaign.ts';
import { aDatabase, type Database } from '../../support/a-database.ts';
import { audit } from './auditor.ts';
import { aChance } from './chance.ts';
import { aQueue, type Course, type Queue } from './course.ts';
import { deliver, relay } from './delivery.ts';
import { expectBalance, expectExact, expectMilestones, expectSigners } from './expect-exact.ts';
import { campaigns, type History, type Slugs } from './history.ts';
import { modelOf } from './model.ts';
import type { Rooms } from './rooms.ts';
import { readTally, type TallyChange, watchTallies } from './stored-tally.ts';
import { act } from './supporters.ts';
import { byPlay, countRows, createTables, putCampaigns, readOn, rowsOf } from './tables.ts';
import { troubleBy } from './trouble.ts';
import { turnsBy } from './turns.ts';

/** How a history went: what was not as it should be, and what happened, in its order. */
export interface Outcome {
  error: unknown;
  diary: string[];
}

/** The real table engine, with the functions of the actions and tallies rooms as its users. */
export interface Stage {
  /** Plays histories side by side, each in campaigns of its own, and compares what was counted with model and auditor. */
  play(histories: History[]): Promise<Outcome[]>;
  stop(): Promise<void>;
}

/** One history on its way. */
interface Play extends Outcome {
  name: string;
  history: History;
  slugs: Slugs;
  course: Course;
  /** All changes of the tallies of its campaigns. */
  counts: TallyChange[];
  /** How many rows of it were audited. */
  rows: number;
}

/** Histories that go on at the same time. */
const sideBySide = 8;
/** No two have campaigns of one name, on whichever stage: functions remember campaigns for a while. */
let plays = 0;

/** A stage is for a hundred histories or so: the engine takes the longer for a write, the more its streams have. */
export async function aStage({ store, actionNews, tallyNews, countChanges }: Rooms): Promise<Stage> {
  const database = await aDatabase();
  await createTables(database);
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-histories-'));
  const stream = await openStream(database.engine, 'Actions', join(folder, 'Actions'));
  const queued = aQueue();

  return {
    play: async (histories) => {
      const all = histories.map((history) => toPlay(`h${++plays}`, history, database, queued));
      const rowsBefore = await countRows(database);
      await each(all, async ({ history, course, slugs }) => {
        await putCampaigns(database, slugs);
        await act(history, course, slugs, store, database);
      });
      const changes = byPlay(await readOn(stream));
      await each(all, async ({ name, course }) => {
        const told = relay(changes.get(name) ?? [], actionNews, course);
        await deliver(told, course, countChanges);
      });
      await each(all, check);
      const audited = all.reduce((sum, { rows }) => sum + rows, 0);
      if (all.every(({ error }) => error === undefined))
        expect(await countRows(database), 'rows in the table').toBe(rowsBefore + audited);
      return all;
    },
    stop: async () => {
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  /** Every breakdown of every campaign: by the commands, by the stored rows, and in itself. */
  async function check(play: Play): Promise<void> {
    const { history, slugs, course, counts } = play;
    const rows = await rowsOf(database, slugs);
    play.rows = rows.length;
    const [model, auditor] = [modelOf(history), audit(rows)];
    for (const campaign of campaigns) {
      const slug = slugs[campaign];
      const stored = await readTally(database, slug);
      expectExact(campaign, stored, model, campaign, 'model');
      expectExact(campaign, stored, auditor, slug, 'auditor');
      const root = campaign === 'elsewhere' ? slugs.elsewhere : slugs.world;
      expectSigners(stored, model, campaign, root, 'model');
      expectSigners(stored, auditor, slug, root, 'auditor');
      expectBalance(campaign, stored);
      expectMilestones(
        campaign,
        stored,
        counts.filter((change) => change.campaign === slug),
        tallyNews,
      );
      if (Object.values(stored.counters).some((sum) => sum > Number.MAX_SAFE_INTEGER))
        course.diary.push('a sum beyond 2^53');
      if (stored.shown.length > 1) course.diary.push('several are shown');
      if (Object.keys(stored.counters).some((name) => name.startsWith('s~')))
        course.diary.push('counted by source');
      if (stored.counters['e']) course.diary.push('counted an organisation');
    }
  }
}

function toPlay(name: string, history: History, database: Database, queued: Queue): Play {
  const chance = aChance(history.luck);
  const diary: string[] = [];
  const counts: TallyChange[] = [];
  const course = {
    engine: database.engine,
    queued,
    chance,
    turns: turnsBy(chance),
    trouble: troubleBy(chance),
    now: noon,
    diary,
    onCall: watchTallies(database, counts),
  };
  const slugs = Object.fromEntries(campaigns.map((campaign) => [campaign, `${name}-${campaign}`]));
  return { name, history, course, diary, counts, slugs: slugs as Slugs, rows: 0, error: undefined };
}

/** A few at a time; one that fails is over. */
async function each(plays: Play[], step: (play: Play) => Promise<void>): Promise<void> {
  const left = plays.filter(({ error }) => error === undefined);
  const player = async () => {
    for (let play = left.shift(); play; play = left.shift()) {
      const current = play;
      await step(current).catch((error: unknown) => Object.assign(current, { error }));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, player));
}
