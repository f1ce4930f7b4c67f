import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { aCampaign, aCampaignText, hour, noon } from '../support/a-campaign.ts';
import { callAs } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { someDetails } from '../support/an-action.ts';
import { type AwsService, anAwsService } from '../support/an-aws-service.ts';

const slug = 'mental-health-for-all';
const site = 'https://groundswell.example.org';
const supporter = { campaign: slug, language: 'en', country: 'KE', partner: 'other-org' };
/** What somebody else asked with the supporter's address, and nobody confirmed. */
const stranger = {
  campaign: slug,
  language: 'ar',
  country: 'US',
  partner: 'strangers',
  givenName: 'Stranger',
};

let database: Database;
let secrets: AwsService;
let store: typeof import('../../functions/actions/action-store.ts');
let links: typeof import('../../functions/actions/read.ts');
let confirm: Parameters<typeof callAs>[0];
let pages: Record<'confirm' | 'confirmed' | 'manage', Parameters<typeof aGetAt>[0]>;

beforeAll(async () => {
  [database, secrets] = await Promise.all([aDatabase(), anAwsService()]);
  for (const table of ['Actions', 'Campaigns', 'Network', 'Tallies'])
    await database.createTable(table, ['pk', 'sk']);
  secrets.answerBy(() => ({ body: { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) } }));
  pointSdkTo(secrets.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    ACTIONS_TABLE: 'Actions',
    CAMPAIGNS_TABLE: 'Campaigns',
    TALLIES_TABLE: 'Tallies',
    KEYS_SECRET: 'keys',
    SITE_URL: site,
  });
  vi.useFakeTimers({ now: noon + 2 * hour, toFake: ['Date'] });
  const texts = { en: aCampaignText(), ar: aCampaignText({ title: 'الصحة النفسية للجميع' }) };
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign({ texts }) });
  store = await import('../../functions/actions/action-store.ts');
  links = await import('../../functions/actions/read.ts');
  confirm = (await import('../../functions/actions/confirm-action.http.ts')).handler;
  pages = {
    confirm: (await import('../../functions/actions/show-confirm.http.ts')).handler,
    confirmed: (await import('../../functions/actions/show-confirmed.http.ts')).handler,
    manage: (await import('../../functions/actions/show-manage.http.ts')).handler,
  };
});
afterAll(async () => {
  vi.useRealTimers();
  secrets.stop();
  await database.stop();
});

let id: string;
beforeEach(async () => {
  id = await aConfirmedAction(store, supporter, { root: slug });
});

describe('while somebody else has asked with the same address', () => {
  beforeEach(() => store.askAction(id, someDetails(stranger), noon + hour));

  test.each(['confirmed', 'manage'] as const)(
    'the %s page speaks the language of who confirmed',
    async (name) => {
      const page = await open(name, await links.manageLinkOf(id, await stored()));
      expect(page).toContain('<html lang="en"');
      expect(page).not.toContain('Stranger');
    },
  );

  test('the thanks page leads to help in the country, and counts for the partner, that are confirmed', async () => {
    const page = await open('confirmed', await links.manageLinkOf(id, await stored()));
    expect(page).toContain('Where to find help in Kenya');
    expect(page).toContain('partner=other-org');
    expect(page).not.toContain('strangers');
  });

  test('the confirm page tells what its link would confirm', async () => {
    const page = await open('confirm', await links.confirmLinkOf(id, await stored()));
    expect(page).toContain('<html lang="ar" dir="rtl">');
  });
});

test('the manage page names every campaign that was signed, with what was said there', async () => {
  const chapter = { slug: 'chapter', partOf: slug, texts: { en: aCampaignText({ title: 'Kenya for all' }) } };
  await database.put('Campaigns', { pk: 'campaign', sk: chapter.slug, ...aCampaign(chapter) });
  const said = { ...supporter, campaign: 'chapter', partner: 'chapter-partner', source: 'qr' };
  await aConfirmedAction(store, said, { id, at: noon + hour });
  await aConfirmedAction(store, supporter, { id, at: noon + 2 * hour });
  const page = await open('manage', await links.manageLinkOf(id, await stored()));
  const [own, other] = page.split('Also for the campaign');
  expect(own).toContain('other-org');
  for (const text of ['Kenya for all', 'chapter-partner', 'qr', 'Keep my details'])
    expect(other).toContain(text);
});

test.each([
  ['still taken 23', 23, 200],
  ['refused 25', 25, 409],
])(
  'what was asked of a chapter is %s hours after the chapter has closed, while its root is open',
  async (_, hoursAgo, status) => {
    const chapter = `chapter-${hoursAgo}`;
    const closesAt = new Date(Date.now() - hoursAgo * hour).toISOString();
    await database.put('Campaigns', {
      pk: 'campaign',
      sk: chapter,
      ...aCampaign({ slug: chapter, partOf: slug, closesAt }),
    });
    await store.askAction(id, someDetails({ campaign: chapter }), noon + hour);
    const token = new URL(await links.confirmLinkOf(id, await stored())).searchParams.get('token');
    const answer = await callAs(confirm, { slug, claims: {}, body: { token } });
    expect(answer.status).toBe(status);
    expect((await stored()).current?.campaign).toBe(status === 200 ? chapter : slug);
    if (status === 200) expect(answer.body).toMatchObject({ status: 'confirmed', campaign: chapter });
  },
);

test('before anything is confirmed, the manage page shows what was asked', async () => {
  const pending = anActionId(slug);
  await store.askAction(pending, someDetails({ campaign: slug, language: 'ar' }), noon + hour);
  const page = await open('manage', await links.manageLinkOf(pending, await stored(pending)));
  expect(page).toContain('<html lang="ar" dir="rtl">');
  expect(page).toContain('amina@example.org');
});

async function stored(of = id) {
  const action = await store.getAction(of);
  if (!action) throw new Error('There is no such action');
  return action;
}

/** The page of this name with the token of a mailed link. */
async function open(name: keyof typeof pages, link: string): Promise<string> {
  const token = new URL(link).searchParams.get('token') ?? '';
  const { status, body } = await aGetAt(pages[name], `/${name}`, { query: { token } });
  expect(status).toBe(200);
  return body;
}
