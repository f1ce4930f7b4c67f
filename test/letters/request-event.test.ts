import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aTarget } from '../support/a-target.ts';

const { slug } = aCampaign();
let database: Database;
let handler: typeof import('../../functions/letters/request-letters.event.ts').handler;
let store: typeof import('../../functions/letters/letter-store.ts');

beforeAll(async () => {
  vi.setSystemTime(noon);
  database = await aDatabase();
  await database.createTable('Letters', ['campaign', 'letter']);
  for (const name of ['Campaigns', 'Targets', 'Tallies']) await database.createTable(name, ['pk', 'sk']);
  pointSdkTo(database.url, {
    LETTERS_TABLE: 'Letters',
    CAMPAIGNS_TABLE: 'Campaigns',
    TALLIES_TABLE: 'Tallies',
  });
  await database.put('Targets', { pk: 'targets', sk: 'ke-health', ...aTarget() });
  ({ handler } = await import('../../functions/letters/request-letters.event.ts'));
  store = await import('../../functions/letters/letter-store.ts');
});
afterAll(() => database.stop());

test('a milestone of a campaign without letters requests none, and the next one does once it has them', async () => {
  const { letters: _, ...petition } = aCampaign();
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...petition });
  await reach(10);
  expect(await store.listLetters(slug)).toEqual([]);
  // Of what was read a while ago, that there are none is not believed: the milestone comes but once.
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign() });
  vi.setSystemTime(noon + 1_000);
  await reach(100);
  expect((await store.listLetters(slug)).map(({ state, occasion }) => [state, occasion.threshold])).toEqual([
    ['requested', 100],
  ]);
});

test('an office that was imported just before is written to: its milestone comes but once', async () => {
  const selected = (ids: string[]) => ({ targets: { rules: [], ids, except: [] } });
  for (const [name, ids] of [
    ['before', ['ke-health']],
    ['after', ['ke-new']],
  ] as const)
    await database.put('Campaigns', {
      pk: 'campaign',
      sk: name,
      ...aCampaign({ slug: name, ...selected([...ids]) }),
    });
  await reach(10, 'before');
  await database.put('Targets', { pk: 'targets', sk: 'ke-new', ...aTarget({ id: 'ke-new' }) });
  await reach(10, 'after');
  expect((await store.listLetters('after')).map(({ target }) => target)).toEqual(['ke-new']);
});

test('a milestone of no campaign is tried again: its letters would be lost', async () => {
  await expect(reach(10, 'nothing')).rejects.toThrow('There is no campaign nothing');
});

function reach(threshold: number, campaign = slug): Promise<void> {
  const detail = {
    v: 1,
    id: `${campaign}:world:${threshold}`,
    at: new Date(noon).toISOString(),
    campaign,
    scope: 'world',
    threshold,
    figures: { signatures: threshold, byCountry: { KE: threshold }, pledges: [] },
  };
  return handler({ 'detail-type': 'MilestoneReached', detail } as never);
}
