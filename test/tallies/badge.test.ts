import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aCampaign, aCampaignText, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGet } from '../support/a-get.ts';

const slug = 'mental-health-for-all';

describe('GET …/tally.svg', () => {
  let database: Database;
  let badge: typeof import('../../functions/tallies/get-badge.http.ts');
  beforeAll(async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    database = await aDatabase();
    await database.createTable('Tallies', ['pk', 'sk']);
    await database.createTable('Campaigns', ['pk', 'sk']);
    pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', CAMPAIGNS_TABLE: 'Campaigns' });
    const texts = { ar: aCampaignText({ title: 'الصحة النفسية <للجميع> & "الكل"' }) };
    await putCampaign(aCampaign());
    await putCampaign(aCampaign({ slug: 'draft', status: 'draft' }));
    await putCampaign(aCampaign({ slug: 'arabic', defaultLanguage: 'ar', texts }));
    await putCampaign(aCampaign({ slug: 'pledges', kinds: ['pledge'] }));
    const setting = { sk: 'tally', version: 7, asOf: noon, rate: 0, pollAfter: 5, goals: [] };
    await database.put('Tallies', { pk: slug, ...setting, s: 1_234, p: 5 });
    await database.put('Tallies', { pk: 'pledges', ...setting, p: 5 });
    badge = await import('../../functions/tallies/get-badge.http.ts');
  });
  afterAll(() => database.stop());

  const putCampaign = (campaign: ReturnType<typeof aCampaign>) =>
    database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  const get = (of = slug, headers: Record<string, string> = {}) => aGet(badge.handler, { slug: of, headers });

  test('shows the signatures, and is kept as long as the tally', async () => {
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, s-maxage=2, stale-while-revalidate=2, stale-if-error=600',
      etag: '"7"',
    });
    expect(answer.body).toContain('<title>Mental health for all – Signatures: 1,234</title>');
    expect(await get(slug, { 'if-none-match': '"7"' })).toMatchObject({ status: 304, body: '' });
  });

  test('is in the default language of the campaign, whatever its title holds', async () => {
    const { body } = await get('arabic');
    expect(body).toContain('xml:lang="ar"');
    expect(body).toContain('direction="rtl"');
    expect(body).toContain('الصحة النفسية &lt;للجميع&gt; &amp; &quot;الكل&quot; – التوقيعات: 0');
  });

  test('shows pledges where no signatures are taken', async () => {
    expect((await get('pledges')).body).toContain('Pledges: 5');
  });

  test.each(['draft', 'unknown'])('of a campaign that is %s is not found', async (unseen) => {
    expect(await get(unseen)).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
  });
});
