import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Letter } from '../../functions/letters/letter.ts';
import { day, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { anApprovedLetter, aStoredLetter } from '../support/a-stored-letter.ts';

let database: Database;
let readPublicLetters: typeof import('../../functions/letters/read.ts').readPublicLetters;
/** What is read of a campaign is remembered: each test has one of its own. */
let campaign = '';
let made = 0;

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Letters', ['campaign', 'letter']);
  pointSdkTo(database.url, { LETTERS_TABLE: 'Letters', CAMPAIGNS_TABLE: 'Campaigns' });
  ({ readPublicLetters } = await import('../../functions/letters/read.ts'));
});
afterAll(() => database.stop());
beforeEach(() => {
  made += 1;
  campaign = `campaign-${made}`;
});

test('anyone may know of letters that have gone out or are taken there, and of no others', async () => {
  const states = ['approved', 'composed', 'failed', 'sending', 'sent', 'delivered', 'bounced', 'unknown'];
  await put({ state: 'cancelled' });
  for (const state of states) await put({ state: state as Letter['state'] });
  await put({ state: 'composed', reason: 'not-by-email' });
  await database.put('Letters', aStoredLetter({ campaign, letter: 'requested' }));
  const told = await readPublicLetters(campaign, noon);
  expect(told.map(({ state }) => state).sort()).toEqual(
    ['bounced', 'delivered', 'not-by-email', 'sending', 'sent', 'unknown'].sort(),
  );
});

test('a letter is told of by its office, its day and what became of it; its number is not', async () => {
  const named = { office: 'Wizara ya Afya', organisations: ['Demo Network'] };
  const text = { language: 'sw', version: 1, fallback: false };
  const letter = await put({ state: 'delivered', named, text, changedAt: noon + day });
  const told = await readPublicLetters(campaign, noon);
  expect(told).toEqual([
    {
      office: 'Wizara ya Afya',
      language: 'sw',
      country: 'KE',
      date: '2026-11-20',
      state: 'delivered',
      since: '2026-11-21T12:00:00.000Z',
    },
  ]);
  expect(JSON.stringify(told)).not.toContain(letter.number);
});

test('the newest come first, and of very many only these', async () => {
  const letters = Array.from({ length: 203 }, (_, at) =>
    aSentLetter({ requestedAt: noon + at * day, changedAt: noon + at * day }),
  );
  await Promise.all(letters.map((letter) => database.put('Letters', letter)));
  const told = await readPublicLetters(campaign, noon);
  expect(told).toHaveLength(200);
  expect([told[0]?.date, told.at(-1)?.date]).toEqual(['2027-06-10', '2026-11-23']);
});

test('they are read once a minute at most, and again at once when that failed', async () => {
  database.failBy(() => ({ name: 'InternalServerError', status: 500, message: 'Down', when: 'before' }));
  await expect(readPublicLetters(campaign, noon)).rejects.toThrow();
  database.failBy(undefined);
  await put({ state: 'sent' });
  expect(await readPublicLetters(campaign, noon)).toHaveLength(1);
  await put({ state: 'sent' });
  expect(await readPublicLetters(campaign, noon + 59_999)).toHaveLength(1);
  expect(await readPublicLetters(campaign, noon + 60_000)).toHaveLength(2);
});

async function put(changes: Partial<Letter>): Promise<Letter> {
  const letter = aSentLetter(changes);
  await database.put('Letters', letter);
  return letter;
}

let letters = 0;

function aSentLetter(changes: Partial<Letter>): Letter {
  letters += 1;
  return anApprovedLetter({ state: 'sent', campaign, letter: `letter-${letters}`, ...changes });
}
