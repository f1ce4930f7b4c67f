import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { EmbedCodes } from '../../functions/site/embed-answer.ts';
import { Oembed } from '../../functions/site/oembed.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { aCampaign, aCampaignText, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGet, aGetAt } from '../support/a-get.ts';

const site = 'https://act.example.org';
const forAMinute = 'public, s-maxage=60, stale-while-revalidate=60, stale-if-error=600';
let database: Database;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.useFakeTimers({ now: noon, toFake: ['Date'] });
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Tallies', ['pk', 'sk']);
  const settings = { CAMPAIGNS_TABLE: 'Campaigns', TALLIES_TABLE: 'Tallies', SITE_URL: site };
  pointSdkTo(database.url, { ...settings, OLD_FILES: 'kept' });
  const texts = { en: aCampaignText(), ar: aCampaignText({ title: 'الصحة النفسية للجميع' }) };
  for (const status of ['live', 'closed', 'draft'] as const)
    await database.put('Campaigns', {
      pk: 'campaign',
      sk: status,
      ...aCampaign({ slug: status, status, texts }),
    });
  const tally = { version: 7, asOf: noon, rate: 0, pollAfter: 5, goals: [] };
  await database.put('Tallies', { pk: 'live', sk: 'tally', ...tally, s: 7 });
});
afterAll(() => {
  vi.useRealTimers();
  return database.stop();
});

describe('GET /v1/campaigns/{slug}/embed', () => {
  let embed: typeof import('../../functions/site/get-embed.http.ts');
  beforeAll(async () => {
    embed = await import('../../functions/site/get-embed.http.ts');
  });
  const get = (slug: string, query: Record<string, string> = {}) => aGet(embed.handler, { slug, query });

  test('answers what to copy, for anyone, for a minute', async () => {
    const answer = await get('live', { lang: 'ar', source: 'qr' });
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, forAMinute]);
    const codes = EmbedCodes.parse(answer.json());
    expect(codes).toMatchObject({ campaign: 'live', link: `${site}/c/live?lang=ar&source=qr` });
    for (const code of [codes.script, codes.pinned])
      expect(code).toContain('<strong>الصحة النفسية للجميع</strong>');
  });

  test('leaves the language to the page where none is asked for, and tells the ask in the campaign’s own', async () => {
    const { script, link } = EmbedCodes.parse((await get('live')).json());
    expect(script).not.toMatch(/<groundswell-action[^>]* lang=/);
    expect(script).toContain('<strong>Mental health for all</strong>');
    expect(link).toBe(`${site}/c/live`);
  });

  test('offers no widget that is pinned where old files are replaced', async () => {
    vi.resetModules();
    vi.stubEnv('OLD_FILES', 'replaced');
    const { handler } = await import('../../functions/site/get-embed.http.ts');
    const codes = EmbedCodes.parse((await aGet(handler, { slug: 'live' })).json());
    vi.unstubAllEnvs();
    expect(codes).not.toHaveProperty('pinned');
    expect(codes).toHaveProperty('script');
  });

  test('names what the campaign does not have', async () => {
    const answer = await get('live', { lang: 'sw', partner: 'another', kind: 'vote' });
    expect(answer.status).toBe(422);
    const { errors = [] } = ProblemDocument.parse(answer.json());
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/lang', '/kind', '/partner']);
  });

  test.each(['draft', 'unheard-of'])('knows no campaign that is not public: %s', async (slug) => {
    expect(await get(slug)).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
  });
});

describe('GET /oembed', () => {
  let oembed: typeof import('../../functions/site/get-oembed.http.ts');
  beforeAll(async () => {
    oembed = await import('../../functions/site/get-oembed.http.ts');
  });
  const get = (query: Record<string, string>) => aGetAt(oembed.handler, '/oembed', { query });

  test('answers the card of a campaign, with its count, for anyone, for a minute', async () => {
    const answer = await get({ url: `${site}/c/live?source=qr&kind=vote`, format: 'json' });
    expect([answer.status, answer.headers['cache-control'], answer.headers['content-type']]).toEqual([
      200,
      forAMinute,
      'application/json; charset=utf-8',
    ]);
    const card = Oembed.parse(answer.json());
    expect(card.html).toContain('7 people have signed');
    expect(card.html).toContain(`href="${site}/c/live?source=qr"`);
  });

  test('speaks the language of the address', async () => {
    const card = Oembed.parse((await get({ url: `${site}/embed/live?lang=ar` })).json());
    expect(card).toMatchObject({ title: 'الصحة النفسية للجميع', html: expect.stringContaining('dir="rtl"') });
  });

  test('leaves out a language that the campaign has no text in', async () => {
    const card = Oembed.parse((await get({ url: `${site}/c/live?lang=sw&source=qr` })).json());
    expect(card.html).toContain(`<blockquote cite="${site}/c/live?source=qr" lang="en"`);
  });

  test('is shown in the room that there is', async () => {
    const card = Oembed.parse(
      (await get({ url: `${site}/c/live`, maxwidth: '300', maxheight: '120' })).json(),
    );
    expect(card.width).toBe(300);
    expect(card.height).toBeLessThanOrEqual(120);
  });

  test.each([
    ['the page of another site', { url: 'https://example.com/c/live' }, 404, 'not-found'],
    ['another page of this one', { url: `${site}/manage` }, 404, 'not-found'],
    ['an address that is none', { url: `${site}/c/live/` }, 404, 'not-found'],
    ['a campaign that there is not', { url: `${site}/c/unheard-of` }, 404, 'not-found'],
    ['a campaign that is not public', { url: `${site}/c/draft` }, 404, 'not-found'],
    ['no address', { url: 'campaign' }, 404, 'not-found'],
    ['another format', { url: `${site}/c/live`, format: 'xml' }, 501, 'not-implemented'],
    ['nothing', {}, 422, 'invalid-fields'],
    ['no room', { url: `${site}/c/live`, maxwidth: '0' }, 422, 'invalid-fields'],
  ])('has none of %s', async (_, query, status, code) => {
    const answer = await get(query as Record<string, string>);
    expect([answer.status, ProblemDocument.parse(answer.json()).type]).toEqual([
      status,
      `urn:groundswell:problem:${code}`,
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('GET /embed/{slug}', () => {
  let frame: typeof import('../../functions/site/show-embed.http.ts');
  beforeAll(async () => {
    frame = await import('../../functions/site/show-embed.http.ts');
  });
  const get = (slug: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    aGetAt(frame.handler, `/embed/${slug}`, { path: { slug }, query, headers });

  test('may be in the frame of any page, and is as strict as other pages in all else', async () => {
    const { headers } = await get('live');
    expect(headers['content-security-policy']?.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      'frame-ancestors *',
    ]);
    expect(headers).not.toHaveProperty('x-frame-options');
  });

  test('is kept for seconds, in each language', async () => {
    const answers = [await get('live', { lang: 'ar' }), await get('live', {}, { 'accept-language': 'ar' })];
    for (const { headers, body } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'public, s-maxage=10, stale-while-revalidate=10, stale-if-error=600',
        vary: 'accept-language',
      });
      expect(body).toContain('<html lang="ar" dir="rtl">');
    }
  });

  test('tells the widget what its address says, and leaves out what the campaign does not have', async () => {
    const { body } = await get('live', { kind: 'pledge', source: 'qr', partner: 'another', theme: 'dark' });
    expect(body).toContain(
      '<groundswell-action campaign="live" lang="en" kind="pledge" source="qr" theme="dark">',
    );
    expect(body).not.toContain('another');
  });

  test('speaks a language of the campaign where it has no text in the one asked for', async () => {
    const { status, body } = await get('live', { lang: 'sw' });
    expect(status).toBe(200);
    expect(body).toContain('<groundswell-action campaign="live" lang="en">');
  });

  test('of a campaign that is closed says so', async () => {
    const { status, body } = await get('closed');
    expect(status).toBe(200);
    expect(body).toContain('This campaign is closed');
    expect(body).not.toMatch(/<form|<groundswell-action/);
  });

  test('of a campaign that there is not says so in the frame', async () => {
    const { status, headers, body } = await get('unheard-of', { lang: 'fr' });
    expect([status, headers['cache-control']]).toEqual([404, 'no-store']);
    expect(headers['content-security-policy']).toContain('frame-ancestors *');
    expect(body).toContain('<html lang="fr"');
    expect(body).not.toContain('site-header');
  });
});
