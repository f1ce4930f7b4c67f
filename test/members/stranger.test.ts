import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCampaign, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, claimsOf } from '../support/a-campaigner.ts';
import type { Database } from '../support/a-database.ts';

let database: Database;
let read: typeof import('../../functions/members/read.ts');

/** Long enough apart that nothing is remembered. */
let asked = 0;

beforeAll(async () => {
  database = await aDatabaseWithCampaigners();
  const draft = aCampaign({ slug: 'other-draft', owner: 'sister-org', partners: [], status: 'draft' });
  await database.put('Campaigns', { pk: 'campaign', sk: draft.slug, ...draft });
  read = await import('../../functions/members/read.ts');
});
afterAll(() => database.stop());

test.each(['stranger', 'outsider'])(
  '%s waits as long for what is not there as for what is not theirs',
  async (who) => {
    expect(await readsFor(who, 'no-such-campaign')).toEqual(await readsFor(who, 'other-draft'));
  },
);

test.each(['stranger', 'outsider'])(
  '%s does so, too, whose memberships are remembered: a refusal looks again at both',
  async (who) => {
    const later = 2_000;
    const [none, theirs] = [
      await readsFor(who, 'no-such-campaign', later),
      await readsFor(who, 'other-draft', later),
    ];
    expect(none).toEqual(theirs);
    expect(none).toContain('Query');
  },
);

test('the secretariat is told that there is no such campaign', async () => {
  const asking = read.requireCampaign('none', claimsOf('secretariat'), 'readCampaign', noon);
  await expect(asking).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is nothing here for you.',
  });
});

/** What the database is asked, by functions that know neither the campaign nor the person yet. */
async function readsFor(who: string, slug: string, later = 0): Promise<string[]> {
  const reads: string[] = [];
  asked += 1;
  if (later) await read.readMemberships(claimsOf(who), noon + asked * minute);
  database.failBy((operation) => {
    reads.push(operation);
    return undefined;
  });
  await expect(
    read.requireCampaign(slug, claimsOf(who), 'readCampaign', noon + asked * minute + later),
  ).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is nothing here for you.',
  });
  database.failBy(undefined);
  return reads;
}
