import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { hour, minute, noon } from '../support/a-campaign.ts';
import {
  aCountedCampaign,
  addTo,
  createTallyTables,
  fewPartitions,
  type Step,
} from '../support/a-counted-campaign.ts';
import { aDatabase, type Database, type DatabaseFault, pointSdkTo } from '../support/a-database.ts';
import { aQueueBatch } from '../support/an-event.ts';
import { auditedCounts, storedCounts } from '../support/audited-counts.ts';

vi.mock('../../functions/actions/counted-actions.ts', async (original) => {
  const module = await original<typeof import('../../functions/actions/counted-actions.ts')>();
  const actionParts = module.actionParts.filter(({ partition }) => fewPartitions.includes(partition));
  return { ...module, actionParts };
});
for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();

let database: Database;
let counting: typeof import('../../functions/tallies/count-changes.event.ts');
let recounting: typeof import('../../functions/tallies/recount.event.ts');
let store: typeof import('../../functions/tallies/recount-store.ts');
let nouns: typeof import('../../functions/tallies/recount.ts');

beforeAll(async () => {
  database = await aDatabase();
  pointSdkTo(database.url, await createTallyTables(database));
  counting = await import('../../functions/tallies/count-changes.event.ts');
  recounting = await import('../../functions/tallies/recount.event.ts');
  store = await import('../../functions/tallies/recount-store.ts');
  nouns = await import('../../functions/tallies/recount.ts');
});
afterAll(() => database.stop());

test('a recount that ends at any call to the database is made good by the next', async () => {
  await fc.assert(
    fc.asyncProperty(
      aWorld,
      fc.array(aCrash, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      async (world, crashes, luck) => {
        vi.setSystemTime(noon);
        const campaign = await aCountedCampaign(database);
        const { lost, late } = await make(campaign, world);
        const event = await request(campaign.root);
        for (const crash of crashes) {
          database.failBy(crashing(crash));
          await recounting.handler(event).catch(() => {});
          vi.setSystemTime(Date.now() + minute);
        }
        database.failBy(contending(luck));
        await deliver(late);
        vi.setSystemTime(noon + 70 * minute);
        await recounting.handler(await request(campaign.root));
        database.failBy(undefined);
        await deliver([...lost, ...late]);
        for (const slug of [campaign.root, campaign.chapter])
          expect(await storedCounts(database, slug), slug).toEqual(
            await auditedCounts(database, campaign.root, slug),
          );
        await recounting.handler(await request(campaign.root));
        expect(await store.getRecount(campaign.root)).toMatchObject({
          state: 'done',
          differences: { events: 0, hours: 0, tallies: 0, governments: 0 },
        });
      },
    ),
    { numRuns: Number(process.env['RECOUNT_RUNS'] ?? 5), endOnFailure: true },
  );
}, 600_000);

interface World {
  actions: { steps: PlannedStep[]; kind: 'signature' | 'pledge'; delivery: 'in time' | 'late' | 'never' }[];
  wrongs: {
    place: 'tally' | 'hour' | 'both';
    hoursAgo: number;
    name: string;
    by: number;
    isChapter: boolean;
  }[];
}
interface PlannedStep {
  hoursAgo: number;
  isChapter: boolean;
  /** It counts for the other of the two, too. */
  isJoined: boolean;
  country: string;
  source: string | undefined;
  amount: number | undefined;
  isGone: boolean;
}

const aStep: fc.Arbitrary<PlannedStep> = fc.record({
  hoursAgo: fc.integer({ min: 2, max: 7 }),
  isChapter: fc.boolean(),
  isJoined: fc.boolean(),
  country: fc.constantFrom('KE', 'FR'),
  source: fc.constantFrom(undefined, 'qr'),
  amount: fc.option(fc.integer({ min: 1, max: 1e12 }), { nil: undefined }),
  isGone: fc.boolean(),
});
const aWorld: fc.Arbitrary<World> = fc.record({
  actions: fc.array(
    fc.record({
      steps: fc.array(aStep, { minLength: 1, maxLength: 3 }),
      kind: fc.constantFrom('signature', 'pledge'),
      delivery: fc.constantFrom('in time', 'in time', 'late', 'never'),
    }),
    { minLength: 3, maxLength: 12 },
  ),
  wrongs: fc.array(
    fc.record({
      place: fc.constantFrom('tally', 'hour', 'both'),
      hoursAgo: fc.integer({ min: 2, max: 7 }),
      name: fc.constantFrom('s', 's@KE', 's~qr', 's:confirmed', 'p', 'a#EUR'),
      by: fc.integer({ min: -3, max: 3 }),
      isChapter: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});
interface Crash {
  call: number;
  when: DatabaseFault['when'];
}
const aCrash: fc.Arbitrary<Crash> = fc.record({
  call: fc.integer({ min: 0, max: 100 }),
  when: fc.constantFrom('before', 'after'),
});

type Campaign = Awaited<ReturnType<typeof aCountedCampaign>>;

/** Puts what there is of a world; answers the events that are still to come, and those that never came. */
async function make(campaign: Campaign, { actions, wrongs }: World) {
  const events = { 'in time': [], late: [], never: [] } as Record<string, CatalogueEvent[]>;
  for (const { steps, kind, delivery } of actions) {
    const told = await campaign.act(
      steps.map((step, at) => toStep(step, at, kind, campaign)),
      kind,
    );
    events[delivery]?.push(...told);
  }
  await deliver(events['in time'] ?? []);
  for (const { place, hoursAgo, name, by, isChapter } of wrongs) {
    const slug = isChapter ? campaign.chapter : campaign.root;
    const hasTally = 's' in (await storedCounts(database, slug)).tally;
    const hourKey = `hour#${new Date(noon - hoursAgo * hour).toISOString().slice(0, 13)}`;
    if (place !== 'hour' && hasTally) await addTo(database, slug, 'tally', { [name]: BigInt(by) });
    if (place !== 'tally') await addTo(database, slug, hourKey, { [name]: BigInt(by) });
  }
  return { lost: events['never'] ?? [], late: events['late'] ?? [] };
}

function toStep(
  { isGone, isChapter, isJoined, country, source, amount, hoursAgo }: PlannedStep,
  at: number,
  kind: string,
  { root, chapter }: Pick<Campaign, 'root' | 'chapter'>,
): Step {
  const pledge = kind === 'pledge' ? { pledge: { currency: 'EUR', amount: amount ?? 1 } } : {};
  const counts = {
    country,
    ...(source && { source }),
    ...(isChapter && { campaign: chapter }),
    ...pledge,
    ...(isJoined && { joined: [{ campaign: isChapter ? root : chapter, source: 'share-link' }] }),
  };
  const isLeaving = isGone && at > 0;
  return {
    at: noon - hoursAgo * hour + at,
    kind: isLeaving ? 'withdrawn' : 'confirmed',
    counts: isLeaving ? null : counts,
  };
}

async function deliver(events: CatalogueEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { batchItemFailures } = await counting.handler(aQueueBatch(events));
  expect(batchItemFailures).toEqual([]);
}

async function request(root: string) {
  const [event] = nouns.recountNews(undefined, await store.requestRecount(root, Date.now()));
  return { 'detail-type': 'RecountRequested', detail: event?.detail } as never;
}

/** The process ends at a call: nothing that it calls later arrives. */
function crashing({ call, when }: Crash) {
  let calls = 0;
  return (): DatabaseFault | undefined => {
    calls += 1;
    if (calls <= call) return undefined;
    return { name: 'AccessDeniedException', when: calls === call + 1 ? when : 'before' };
  };
}

/** One transaction in three meets another one. */
function contending(luck: number) {
  let state = luck;
  return (operation: string): DatabaseFault | undefined => {
    // A linear congruential generator: chance that can be repeated.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (!operation.startsWith('Transact') || (state >>> 16) % 3 > 0) return undefined;
    return { name: 'TransactionCanceledException', reasons: ['None', 'TransactionConflict'], when: 'before' };
  };
}
