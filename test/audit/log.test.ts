import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';

type Handler = Parameters<typeof callAs>[0];

let database: Database;
let read: Handler;
let invalidate: Handler;
let recount: Handler;

beforeAll(async () => {
  vi.setSystemTime(noon);
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  await database.createTable('Tallies', ['pk', 'sk']);
  pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies' });
  ({ handler: read } = await import('../../functions/audit/read-log.http.ts'));
  ({ handler: invalidate } = await import('../../functions/actions/invalidate-actions.http.ts'));
  ({ handler: recount } = await import('../../functions/tallies/request-recount.http.ts'));
});
afterAll(() => database.stop());

describe('the log of a campaign', () => {
  test.each([
    ['viewer', 403],
    ['reviewer', 403],
    ['organiser', 200],
    ['owner', 200],
    ['secretariat', 200],
    ['outsider', 404],
    ['stranger', 404],
  ])('is for %s: %i', async (name, status) => {
    expect((await callAs(read, { slug: 'root', claims: claimsOf(name) })).status).toBe(status);
  });

  test('says who did what, and why, newest first', async () => {
    const claims = claimsOf('organiser');
    const actions = ['root~signature~AAAA'];
    await callAs(invalidate, { slug: 'root', claims, body: { actions, reason: 'automated' } });
    vi.setSystemTime(noon + minute);
    await callAs(recount, { slug: 'root', claims, body: { reason: 'Somebody doubts the count' } });
    const { body } = await callAs(read, { slug: 'root', claims });
    const by = { subject: 'subject-of-organiser', email: 'organiser@example.org' };
    expect(body).toEqual({
      entries: [
        {
          at: new Date(noon + minute).toISOString(),
          verb: 'recount',
          by,
          changes: {},
          reason: 'Somebody doubts the count',
        },
        {
          at: new Date(noon).toISOString(),
          verb: 'invalidateActions',
          by,
          changes: { actions: { after: actions } },
          reason: 'automated',
        },
      ],
      cursor: null,
    });
  });

  test('is read page by page, and by what was done', async () => {
    const claims = claimsOf('chapter-organiser');
    for (const at of [1, 2, 3]) {
      vi.setSystemTime(noon + at * minute);
      await callAs(recount, { slug: 'chapter', claims, body: { reason: `No. ${at}` } });
    }
    const first = await page({ limit: '2' });
    const second = await page({ limit: '2', cursor: first.cursor ?? '' });
    const reasons = [first, second].map(({ entries }) => entries.map(({ reason }) => reason));
    expect(reasons).toEqual([['No. 3', 'No. 2'], ['No. 1']]);
    expect(second.cursor).toBeNull();
    expect((await page({ verb: 'runCampaign' })).entries).toEqual([]);
  });

  test.each<Record<string, string>>([{ cursor: 'elsewhere' }, { limit: '0' }, { since: 'yesterday' }])(
    'refuses what it does not know: %j',
    async (query) => {
      const answer = await callAs(read, { slug: 'root', claims: claimsOf('organiser'), query });
      expect(answer.status).toBe(422);
    },
  );
});

async function page(query: Record<string, string>) {
  const { body } = await callAs(read, { slug: 'chapter', claims: claimsOf('chapter-organiser'), query });
  return body as { entries: { reason?: string }[]; cursor: string | null };
}
