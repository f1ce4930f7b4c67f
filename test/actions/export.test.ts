import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Details } from '../../functions/actions/action.ts';
import { aCampaign, aConsent, aConsentVersion, hour, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { type Handler, manage } from '../support/a-management-call.ts';
import { aMember, putMembers } from '../support/a-member.ts';
import { aStoredPledge, aStoredSupport, someDetails } from '../support/an-action.ts';

const partnerConsent = {
  ...aConsent({ id: 'partner-partner-org', required: false }),
  partner: 'partner-org',
  versions: [
    {
      version: 1,
      since: '2026-10-01T00:00:00Z',
      texts: { en: 'May we write?', fr: 'Pouvons-nous écrire ?' },
    },
    { version: 2, since: '2026-11-01T00:00:00Z', texts: { en: 'May we write each month?' } },
  ],
};
const consents = [
  aConsent(),
  aConsent({ id: 'news', required: false, versions: [aConsentVersion(1, '2026-10-01T00:00:00Z')] }),
  partnerConsent,
  { ...aConsent({ id: 'partner-other-org', required: false }), partner: 'other-org' },
];

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let handler: Handler;
let log: typeof import('../../functions/audit/log-store.ts');

beforeAll(async () => {
  vi.setSystemTime(noon + hour);
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  const campaigns = [
    aCampaign({ slug: 'root', partners: ['partner-org', 'other-org'], consents }),
    aCampaign({ slug: 'chapter', partOf: 'root', owner: 'chapter-org', partners: ['partner-org'], consents }),
  ];
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  await putMembers(database, [aMember('partner-viewer', 'viewer', 'partner-org')]);
  store = await import('../../functions/actions/action-store.ts');
  log = await import('../../functions/audit/log-store.ts');
  ({ handler } = await import('../../functions/actions/export-supporters.http.ts'));
});
beforeEach(() => emptyTable());
afterAll(() => database.stop());

const asked = (id: string, granted = true, version = 1) => ({ id, granted, version });
const privacy = asked('privacy');
const theirs = asked('partner-partner-org');
const newcomer = (name: string, changes: Partial<Details> = {}, at = noon, root = 'root', id?: string) =>
  aConfirmedAction(
    store,
    { givenName: name, email: `${name}@example.org`, consents: [privacy, theirs], ...changes },
    { at, root, ...(id && { id }) },
  );

function ask(consent: string, { as = 'partner', slug = 'root', query = {} } = {}) {
  const route = 'GET /v1/campaigns/{slug}/export.csv';
  return manage(handler, { as, route, path: { slug }, query: { consent, ...query } });
}

async function names(consent: string, asking: Parameters<typeof ask>[1] = {}): Promise<string[]> {
  return read(await ask(consent, asking)).map((row) => row['given_name'] ?? '');
}

function read({ text }: { text: string }): Record<string, string>[] {
  return parse(text, { columns: true, bom: true });
}

describe('the export of a consent', () => {
  test('says who granted it, to what words, and when', async () => {
    await newcomer('Amina', {
      language: 'fr',
      postalCode: '00100',
      source: 'qr',
      partner: 'partner-org',
      consents: [privacy, theirs],
    });
    const answer = await ask('partner-partner-org');
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="root-partner-partner-org.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(read(answer)).toEqual([
      {
        given_name: 'Amina',
        family_name: 'Otieno',
        email: 'Amina@example.org',
        country: 'KE',
        language: 'fr',
        postal_code: '00100',
        consent: 'partner-partner-org',
        consent_version: '1',
        granted_text: 'Pouvons-nous écrire ?',
        confirmed_at: '2026-11-20T12:00:00.000Z',
        source: 'qr',
      },
    ]);
  });

  test('has exactly those who granted it, in any version, and whose action stands', async () => {
    await newcomer('first-version');
    await newcomer('second-version', { consents: [privacy, asked('partner-partner-org', true, 2)] });
    await newcomer('refused', { consents: [privacy, asked('partner-partner-org', false)] });
    await newcomer('not-asked', { consents: [privacy] });
    await newcomer('another', { consents: [privacy, asked('partner-other-org')] });
    await store.askAction(anActionId(), someDetails({ campaign: 'root', consents: [privacy, theirs] }), noon);
    await store.withdrawAction(await newcomer('withdrew'), noon + 1);
    await store.eraseAction(await newcomer('erased'), noon + 1);
    await store.invalidateAction(await newcomer('invalid'), 'test', noon + 1);
    const back = await newcomer('asked-again');
    await store.withdrawAction(back, noon + 1);
    await store.askAction(back, someDetails({ campaign: 'root', consents: [theirs] }), noon + hour);
    expect((await names('partner-partner-org')).sort()).toEqual(['first-version', 'second-version']);
    expect(await names('partner-other-org', { as: 'outsider' })).toEqual(['another']);
  });

  test('goes by what was said last: who signs again without granting it is not in it', async () => {
    const id = await newcomer('changed');
    await newcomer('changed', { consents: [privacy] }, noon + hour, 'root', id);
    expect(await names('partner-partner-org')).toEqual([]);
  });

  test('has whoever signed and pledged once, by their last word', async () => {
    const both = async (name: string, signed: boolean, pledged: boolean | undefined) => {
      const id = anActionId();
      const said = (granted: boolean) => ({ consents: [privacy, asked('partner-partner-org', granted)] });
      const pledge = aStoredSupport();
      await newcomer(name, said(signed), noon, 'root', id);
      const later = pledged === undefined ? { consents: [privacy] } : said(pledged);
      await newcomer(name, { ...later, pledge }, noon + 1, 'root', id.replace('signature', 'pledge'));
    };
    await both('both', true, true);
    await both('refused-later', true, false);
    await both('granted-later', false, true);
    await both('not-asked-later', true, undefined);
    await newcomer('pledged-alone', { pledge: aStoredPledge() });
    expect((await names('partner-partner-org')).sort()).toEqual([
      'both',
      'granted-later',
      'not-asked-later',
      'pledged-alone',
    ]);
  });

  test('has whoever signed and endorsed once, by their last word', async () => {
    for (const granted of [true, false]) {
      const name = granted ? 'endorsed' : 'endorsed-and-refused';
      const later = { consents: [privacy, asked('partner-partner-org', granted)] };
      const id = await newcomer(name);
      await newcomer(name, later, noon + 1, 'root', id.replace('signature', 'endorsement'));
    }
    const found = await names('partner-partner-org');
    expect(found.filter((name) => name.startsWith('endorsed'))).toEqual(['endorsed']);
  });

  test('of a chapter or its root has who granted it there, also if they signed the other one since', async () => {
    const there = { campaign: 'chapter' };
    await newcomer('chapter-alone', there);
    const id = await newcomer('chapter-then-root', there);
    await newcomer('chapter-then-root', { consents: [privacy] }, noon + hour, 'root', id);
    await newcomer('root-alone');
    const inChapter = { slug: 'chapter' };
    expect((await names('partner-partner-org', inChapter)).sort()).toEqual([
      'chapter-alone',
      'chapter-then-root',
    ]);
    expect(await names('partner-partner-org')).toEqual(['root-alone']);
    expect(await names('privacy', { as: 'chapter-organiser', ...inChapter })).toHaveLength(2);
  });

  test('has no cell that a spreadsheet would calculate', async () => {
    await newcomer('=HYPERLINK("https://evil.example")', {
      familyName: '@SUM(A1)',
      email: '+cmd@example.org',
      consents: [privacy, theirs],
    });
    const [row] = read(await ask('partner-partner-org'));
    expect(row).toMatchObject({
      given_name: '\'=HYPERLINK("https://evil.example")',
      family_name: "'@SUM(A1)",
      email: "'+cmd@example.org",
    });
  });

  test('comes in pages, which have each of them once', async () => {
    const everyone = Array.from({ length: 7 }, (_, at) => `n${at}`);
    for (const [at, name] of everyone.entries())
      await newcomer(name, at % 2 ? { pledge: aStoredSupport() } : {});
    const found: string[] = [];
    let query: Record<string, string> = { limit: '2' };
    for (let pages = 0; pages < 10; pages++) {
      const answer = await ask('partner-partner-org', { query });
      const rows = read(answer);
      expect(rows.length).toBeLessThanOrEqual(2);
      found.push(...rows.map((row) => row['given_name'] ?? ''));
      const link = answer.headers?.['link'];
      if (link === undefined) break;
      const [, next = ''] = /^<(.+)>; rel="next"$/.exec(String(link)) ?? [];
      const address = new URL(next, 'https://example.org');
      expect(address.pathname).toBe('/v1/campaigns/root/export.csv');
      query = Object.fromEntries(address.searchParams);
    }
    expect(found.sort()).toEqual(everyone);
  });

  test.each([
    ['partner-partner-org', 'partner', 200],
    ['partner-partner-org', 'partner-viewer', 403],
    ['partner-partner-org', 'organiser', 404],
    ['partner-partner-org', 'outsider', 404],
    ['partner-other-org', 'partner', 404],
    ['partner-other-org', 'outsider', 200],
    ['news', 'organiser', 200],
    ['news', 'viewer', 403],
    ['news', 'reviewer', 403],
    ['news', 'partner', 403],
    ['news', 'chapter-organiser', 404],
    ['unheard-of', 'organiser', 422],
    ['unheard-of', 'partner', 403],
    ['unheard-of', 'chapter-organiser', 404],
  ])('of %s is answered to %s with %i', async (consent, as, status) => {
    const answer = await ask(consent, { as, query: { cursor: lastPage } });
    expect([answer.status, answer.text.includes('@')]).toEqual([status, false]);
  });

  test.each([
    [{ cursor: 'nonsense' }, '/cursor'],
    [{ limit: '501' }, '/limit'],
    [{ more: 'x' }, '/more'],
  ])('refuses %j', async (query, pointer) => {
    const { status, body } = await ask('partner-partner-org', { query });
    expect([status, body.errors?.[0].pointer]).toEqual([422, pointer]);
  });

  test('stands in the log of whom it is for, each page of it, and not without it', async () => {
    await ask('news', { as: 'organiser', query: { cursor: lastPage } });
    const [own] = (await log.readLog('campaign:root', { limit: 1 })).entries;
    expect(own).toMatchObject({
      verb: 'exportSupporters',
      by: { email: 'organiser@example.org' },
      changes: { export: { after: { campaign: 'root', consent: 'news', page: 'further' } } },
    });
    await ask('partner-partner-org');
    const { entries } = await log.readLog('organisation:partner-org', { limit: 50 });
    const first = { export: { after: { campaign: 'root', consent: 'partner-partner-org', page: 'first' } } };
    expect(entries).toContainEqual(expect.objectContaining({ verb: 'exportGranted', changes: first }));
    const failure = { when: 'before', status: 500, name: 'InternalServerError', message: 'no' } as const;
    database.failBy((operation) => (operation === 'PutItem' ? failure : undefined));
    vi.spyOn(console, 'error').mockReturnValue();
    await newcomer('untold');
    const answer = await ask('partner-partner-org');
    database.failBy(undefined);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.text).not.toContain('@');
  });
});

/** Of the last partition, so that little is looked through. */
const lastPage = Buffer.from('pledge.255.').toString('base64url');

async function emptyTable(): Promise<void> {
  const { Items } = await database.call('Scan', { TableName: 'Actions', ProjectionExpression: 'pk, sk' });
  for (const Key of Items) await database.call('DeleteItem', { TableName: 'Actions', Key });
}
