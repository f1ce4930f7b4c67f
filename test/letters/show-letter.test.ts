import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Letter } from '../../functions/letters/letter.ts';
import { LetterProof } from '../../functions/letters/letter-proof.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { anApprovedLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';

type Show = typeof import('../../functions/letters/show-letter.http.ts').handler;

let database: Database;
let show: Show;
let find: typeof import('../../functions/letters/find-letter.http.ts').handler;
let nameLetter: typeof import('../../functions/letters/letter-store.ts').nameLetter;
const slug = 'mental-health-for-all';
const sha256 = 'ab'.repeat(32);

beforeAll(async () => {
  vi.setSystemTime(noon);
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network', 'Targets', 'Tallies'])
    await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Letters', ['campaign', 'letter']);
  pointSdkTo(database.url, {
    LETTERS_TABLE: 'Letters',
    CAMPAIGNS_TABLE: 'Campaigns',
    TARGETS_TABLE: 'Targets',
    TALLIES_TABLE: 'Tallies',
  });
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign() });
  for (const [sk, name] of [
    ['demo-network', 'Demo Network'],
    ['other-org', 'Other Organisation'],
  ])
    await database.put('Network', { pk: 'organisation', sk, slug: sk, name });
  await database.put('Targets', { pk: 'targets', sk: 'ke-health', ...theOffice });
  await database.put('Tallies', { pk: slug, sk: 'tally', version: 3, ...theTally });
  ({ nameLetter } = await import('../../functions/letters/letter-store.ts'));
  ({ handler: show } = await import('../../functions/letters/show-letter.http.ts'));
  ({ handler: find } = await import('../../functions/letters/find-letter.http.ts'));
});
afterAll(() => database.stop());

const theOffice = aTarget({
  holder: { name: 'Dr Wanjiru Achieng', honorific_prefix: { en: 'The Honourable' } },
  salutation: { en: 'Dear Minister' },
  note: 'Call before noon',
});
const theTally = {
  asOf: noon - 60_000,
  rate: 0,
  pollAfter: 5,
  goals: [10, 100],
  s: 15,
  's@KE': 9,
  's@FR': 5,
  's@EG': 1,
  p: 2,
  'n#EUR': 2,
  'a#EUR': 4_000,
};

describe('a letter that has gone out', () => {
  test('is proved in JSON: what it claims, and what is counted now', async () => {
    const { number } = await aLetter({ state: 'delivered' });
    const answer = await ask(number, { accept: 'application/json' });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': expect.stringMatching(/json/) } });
    expect(LetterProof.parse(answer.json())).toEqual(answer.json());
    expect(answer.json()).toEqual({
      number,
      language: 'en',
      campaign: { slug, title: 'Mental health for all', language: 'en', url: `/c/${slug}` },
      organisations: ['Demo Network'],
      office: { name: 'Ministry of Health', country: 'KE' },
      letterLanguage: 'en',
      date: '2026-11-20',
      occasion: { scope: 'world', threshold: 10 },
      state: 'delivered',
      stateSince: '2026-11-20T12:00:00.000Z',
      pdf: { sha256, bytes: 4 },
      claimed: {
        asOf: '2026-11-20T12:00:00.000Z',
        signatures: 12,
        signaturesHere: 7,
        countries: 2,
        pledges: [{ currency: 'EUR', count: 1, amount: 2_500 }],
      },
      now: {
        asOf: '2026-11-20T11:59:00.000Z',
        signatures: 15,
        signaturesHere: 9,
        countries: 3,
        pledges: [{ currency: 'EUR', count: 2, amount: 4_000 }],
      },
    });
  });

  test('is proved by a page to whoever asks for no type, in the language of the reader', async () => {
    const { number } = await aLetter();
    const page = await ask(number, { accept: '*/*', 'accept-language': 'fr-CA, en;q=0.5' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<html lang="fr" dir="ltr">');
    for (const words of [number, 'La santé mentale pour tous', 'Ministry of Health', sha256])
      expect(page.body).toContain(words);
  });

  test.each([
    [{ lang: 'ar' }, 'fr', 'en', 'ar'],
    [{}, 'ja, fr', 'en', 'fr'],
    [{}, 'ja', 'es-MX', 'es'],
    [{}, 'ja', 'bn', 'en'],
  ])('asked with %j and %s, and written in %s, is told in %s', async (query, wanted, written, language) => {
    const { number } = await aLetter({ text: { language: written, version: 1, fallback: false } });
    const headers = { accept: 'application/json', 'accept-language': wanted };
    expect((await ask(number, headers, query)).json()).toMatchObject({ language, letterLanguage: written });
  });

  test('is the same for everybody, and may be kept for a moment by its type and language', async () => {
    const { number } = await aLetter();
    for (const accept of ['text/html', 'application/json']) {
      const { headers } = await ask(number, { accept, authorization: 'Bearer x', cookie: 'a=b' });
      expect(headers).toMatchObject({
        'cache-control': 'public, s-maxage=2, stale-while-revalidate=2, stale-if-error=600',
        vary: 'accept, accept-language',
      });
      expect(headers).not.toHaveProperty('set-cookie');
    }
  });

  test('can be had in either format whatever the browser accepts; others are refused', async () => {
    const { number } = await aLetter();
    const json = await ask(number, { accept: 'text/html' }, { format: 'json' });
    const page = await ask(number, { accept: 'application/json' }, { format: 'html' });
    expect([json, page].map(({ headers }) => headers['content-type'])).toEqual([
      'application/json; charset=utf-8',
      'text/html; charset=utf-8',
    ]);
    const other = await ask(number, { accept: 'application/json' }, { format: 'xml' });
    expect(other.status).toBe(422);
  });

  test('says nothing of the person, the addresses, or what the mail service knows of it', async () => {
    const { number } = await aLetter({ state: 'delivered', messageId: '0102-message' });
    const secrets = [
      ...['Wanjiru', 'Honourable', 'Dear Minister', 'minister.ke', 'Afya House', 'Call before noon'],
      ...['0102-message', 'letter.pdf', 'ke-health', 'letters@example.org', 'Amara', 'A'.repeat(43)],
    ];
    for (const accept of ['text/html', 'application/json']) {
      const { body } = await ask(number, { accept });
      expect(secrets.filter((secret) => body.includes(secret))).toEqual([]);
    }
  });

  test('is proved by the names that are printed on it, whatever the registry says by now', async () => {
    const named = { office: 'Ministère de la Santé', organisations: ['Demo Network', 'A former partner'] };
    const { number } = await aLetter({ target: 'gone-health', named });
    const answer = await ask(number, { accept: 'application/json' });
    expect(answer.json()).toMatchObject({
      office: { name: 'Ministère de la Santé', country: 'KE' },
      organisations: named.organisations,
    });
    expect((await ask(number, { accept: 'text/html' })).body).toContain('A former partner');
  });

  test('to a body of several countries has no count of one country', async () => {
    const { number } = await aLetter({ country: '002' });
    const { claimed, now } = (await ask(number, { accept: 'application/json' })).json();
    expect([claimed.signaturesHere, now.signaturesHere]).toEqual([null, null]);
    expect((await ask(number, { accept: 'text/html' })).body).toContain('Africa');
  });
});

describe('who asks for a letter', () => {
  const shown: Array<[Partial<Letter>, string]> = [
    [{ state: 'sending' }, 'sending'],
    [{ state: 'sent' }, 'sent'],
    [{ state: 'delivered' }, 'delivered'],
    [{ state: 'bounced' }, 'bounced'],
    [{ state: 'unknown' }, 'unknown'],
    [{ state: 'composed', reason: 'not-by-email' }, 'not-by-email'],
  ];
  test.each(shown)('that is %j is told that it is %s', async (changes, state) => {
    const { number } = await aLetter(changes);
    expect((await ask(number, { accept: 'application/json' })).json()).toMatchObject({ state });
  });

  const hidden: Array<Partial<Letter>> = [
    { state: 'requested' },
    { state: 'composed' },
    { state: 'approved' },
    { state: 'cancelled' },
    { state: 'failed', reason: 'no-address' },
    { state: 'failed', reason: 'not-by-email' },
  ];
  test.each(hidden)('that is %j is told the same as of one that does not exist', async (changes) => {
    const { number } = await aLetter(changes);
    for (const accept of ['text/html', 'application/json']) {
      const [of, none] = await Promise.all([ask(number, { accept }), ask(unknown, { accept })]);
      expect([of.status, of.headers]).toEqual([404, none.headers]);
      expect(of.body.replaceAll(number, unknown)).toBe(none.body);
    }
  });

  test.each(['MHFA-2026-DRAFT', 'no number', '<b>x</b>'])(
    'by %j is told so in the same way',
    async (typed) => {
      const json = await ask(typed, { accept: 'application/json' });
      expect(json).toMatchObject({
        status: 404,
        body: (await ask(unknown, { accept: 'application/json' })).body,
      });
      const page = await ask(typed, { accept: 'text/html' });
      expect(page).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
      expect(page.body).toContain('No letter of ours has this number');
      expect(page.body).not.toContain('<b>x');
    },
  );

  test.each(['text/html', 'application/json'])(
    'by a number written otherwise is led to the exact one (%s)',
    async (accept) => {
      const { number } = await aLetter();
      const typed = number.toLowerCase().replaceAll('-', ' ');
      const answer = await ask(typed, { accept }, { lang: 'fr' });
      expect(answer).toMatchObject({ status: 303, headers: { location: `/letters/${number}?lang=fr` } });
    },
  );
});

describe('the form for the number of a letter', () => {
  test('asks for it', async () => {
    const page = await ask(undefined, {}, { lang: 'es' }, find);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<form class="find" method="get" action="/letters">');
    expect(page.body).toContain('<html lang="es"');
  });

  test('leads to the letter, in the language of the form', async () => {
    const answer = await ask(undefined, {}, { number: ' mhfa 2026 7k3qx2ab', lang: 'es' }, find);
    expect(answer).toMatchObject({
      status: 303,
      headers: { location: '/letters/MHFA-2026-7K3QX2AB?lang=es', 'cache-control': 'no-store' },
    });
  });

  test('shows again what was typed and is no number, as text', async () => {
    const page = await ask(undefined, {}, { number: '"><script>1</script>' }, find);
    expect(page.status).toBe(404);
    expect(page.body).toContain('value="&quot;&gt;&lt;script&gt;1&lt;/script&gt;"');
  });
});

const unknown = 'MHFA-2026-22222222';
let targets = 0;

/** A letter of its own, as it is stored once it has a number. */
async function aLetter(changes: Partial<Letter> = {}): Promise<Letter> {
  targets += 1;
  const occasion = { scope: 'world', threshold: 10 };
  const pdf = { key: `${slug}/letter.pdf`, sha256, bytes: 4 };
  const identity = anApprovedLetter({ target: `office-${targets}` });
  const { letter, number } = identity;
  const stored = { ...anApprovedLetter({ state: 'sent', occasion, pdf }), letter, number, ...changes };
  await database.put('Letters', stored);
  await nameLetter(stored);
  return stored;
}

function ask(
  number: string | undefined,
  headers: Record<string, string> = {},
  query: Record<string, string> = {},
  handler: Show = show,
) {
  return aGetAt(handler, '/letters', { ...(number !== undefined && { path: { number } }), query, headers });
}
