import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LetterText } from '../../functions/letters/letter-text.ts';
import { minute, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';

let database: Database;
let store: typeof import('../../functions/letters/text-store.ts');

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Letters', ['campaign', 'letter']);
  pointSdkTo(database.url, { LETTERS_TABLE: 'Letters' });
  store = await import('../../functions/letters/text-store.ts');
});
afterEach(() => database.failBy(undefined));
afterAll(() => database.stop());

describe('a text', () => {
  test('is kept as it was said, version by version', async () => {
    const campaign = aSlug();
    const first = await store.saveText(campaign, 'fr', words({ title: 'Un' }), noon);
    const second = await store.saveText(campaign, 'fr', words({ title: 'Deux' }), noon + minute);
    expect(first).toEqual(kept(campaign, 1, { title: 'Un' }));
    expect(second).toEqual(kept(campaign, 2, { title: 'Deux', savedAt: noon + minute }));
    expect(await store.getText(campaign, 'fr')).toEqual(second);
    expect(await store.getText(campaign, 'fr', 1)).toEqual(first);
    expect(await store.getText(campaign, 'fr', 2)).toEqual(second);
  });

  test('is not there before it is saved, nor in a version that nobody saved', async () => {
    const campaign = aSlug();
    await store.saveText(campaign, 'fr', words(), noon);
    const missing = [await store.getText(campaign, 'en'), await store.getText(campaign, 'fr', 2)];
    expect(missing).toEqual([undefined, undefined]);
  });

  test('that says the same as before is no new version, and nothing is written', async () => {
    const campaign = aSlug();
    const messages = { draft: 'PROJET', phone: 'Tél. :' };
    const first = await store.saveText(campaign, 'fr', words({ messages }), noon);
    let writes = 0;
    database.failBy((operation) => {
      if (/Put|Write|Update/.test(operation)) writes += 1;
      return undefined;
    });
    const reordered = { phone: messages.phone, draft: messages.draft };
    const again = await store.saveText(campaign, 'fr', words({ messages: reordered }), noon + minute);
    expect([again, writes]).toEqual([first, 0]);
  });

  test('is a version again when it goes back to what it said once', async () => {
    const campaign = aSlug();
    for (const title of ['Un', 'Deux', 'Un']) await store.saveText(campaign, 'fr', words({ title }), noon);
    expect(await store.getText(campaign, 'fr')).toMatchObject({ version: 3, title: 'Un' });
  });

  test('loses nothing when several people save at once', async () => {
    const campaign = aSlug();
    const titles = ['Un', 'Deux', 'Trois', 'Quatre'];
    const saved = await Promise.all(
      titles.map((title) => store.saveText(campaign, 'fr', words({ title }), noon)),
    );
    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
    const versions = await Promise.all([1, 2, 3, 4].map((version) => store.getText(campaign, 'fr', version)));
    expect(versions.map((version) => version?.title).sort()).toEqual([...titles].sort());
    expect(await store.getText(campaign, 'fr')).toEqual(versions[3]);
  });

  test('is saved although another transaction is in its way', async () => {
    const campaign = aSlug();
    let conflicts = 3;
    database.failBy((operation) => {
      if (operation !== 'TransactWriteItems' || conflicts === 0) return undefined;
      conflicts -= 1;
      return aConflict();
    });
    const saved = await store.saveText(campaign, 'fr', words(), noon);
    expect([saved.version, conflicts]).toEqual([1, 0]);
  });

  test('is saved once when the reply of the database was lost', async () => {
    const campaign = aSlug();
    let isLost = false;
    database.failBy((operation) => {
      if (operation !== 'TransactWriteItems' || isLost) return undefined;
      isLost = true;
      return { when: 'after', name: 'InternalServerError', status: 500 };
    });
    expect(await store.saveText(campaign, 'fr', words(), noon)).toEqual(kept(campaign, 1));
    expect(await store.getText(campaign, 'fr', 2)).toBeUndefined();
  });

  test('is given up, and nothing is changed, when the way is never free', async () => {
    const campaign = aSlug();
    database.failBy((operation) => (operation === 'TransactWriteItems' ? aConflict() : undefined));
    const saving = store.saveText(campaign, 'fr', words(), noon);
    await expect(saving).rejects.toMatchObject({ code: 'try-again-later' });
    expect(await store.getText(campaign, 'fr')).toBeUndefined();
  });

  test('is refused when it does not follow the version that there is', async () => {
    const campaign = aSlug();
    const follows = (seen: number) => (version: number) => version === seen;
    await store.saveText(campaign, 'fr', words({ title: 'Un' }), noon, follows(0));
    await store.saveText(campaign, 'fr', words({ title: 'Deux' }), noon, follows(1));
    const late = store.saveText(campaign, 'fr', words({ title: 'Trois' }), noon, follows(1));
    await expect(late).rejects.toMatchObject({
      ...{
        code: 'precondition-failed',
        facts: { errors: [{ pointer: '/title', message: 'It is now: "Deux"' }] },
      },
    });
    expect(await store.getText(campaign, 'fr')).toMatchObject({ version: 2 });
  });
});

describe('the texts of a campaign', () => {
  test('are the latest of each language, and of no other campaign', async () => {
    const [campaign, other] = [aSlug(), aSlug()];
    for (const [slug, language, title] of [
      [campaign, 'zh-Hant', '一'],
      [campaign, 'fr', 'Un'],
      [campaign, 'fr', 'Deux'],
      [other, 'en', 'One'],
    ] as const)
      await store.saveText(slug, language, words({ title }), noon);
    expect(await store.readTexts(campaign)).toEqual([
      kept(campaign, 2, { title: 'Deux' }),
      kept(campaign, 1, { language: 'zh-Hant', title: '一' }),
    ]);
  });

  test('are none before one is saved', async () => {
    expect(await store.readTexts(aSlug())).toEqual([]);
  });
});

let slugs = 0;
function aSlug(): string {
  slugs += 1;
  return `campaign-${slugs}`;
}

function words(changes: Partial<LetterText> = {}): LetterText {
  const { title, place, role, asks, messages } = aLetterText(changes);
  return { title, place, role, asks, messages };
}

function kept(campaign: string, version: number, changes: Parameters<typeof aLetterText>[0] = {}) {
  return aLetterText({ campaign, version, language: 'fr', ...changes });
}

function aConflict() {
  const reasons = ['None', 'TransactionConflict'];
  return { when: 'before' as const, name: 'TransactionCanceledException', reasons };
}
