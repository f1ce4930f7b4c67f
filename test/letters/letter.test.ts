import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  fromLetterId,
  fromMailTag,
  identifyLetter,
  Letter,
  toLetterId,
  toMailTag,
} from '../../functions/letters/letter.ts';
import { toHistory, toLetters } from '../../functions/letters/request-letters.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { noon } from '../support/a-campaign.ts';
import { pointSdkTo } from '../support/a-database.ts';
import { aStoredLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';

const campaign = 'mental-health-for-all';
const ours = { slug: campaign, salt: 'A'.repeat(43), opensAt: '2026-11-19T08:00:00Z' };
const world = { scope: 'world', threshold: 10 };

let letterNews: typeof import('../../functions/letters/read.ts').letterNews;
beforeAll(async () => {
  pointSdkTo('http://127.0.0.1:1', { LETTERS_TABLE: 'Letters', CAMPAIGNS_TABLE: 'Campaigns' });
  ({ letterNews } = await import('../../functions/letters/read.ts'));
});

describe('the identity of a letter', () => {
  const letter = identifyLetter(ours, 'ke-health', world, noon);

  test('is the same each time it is asked for', () => {
    expect(identifyLetter(ours, 'ke-health', { ...world }, noon)).toEqual(letter);
  });

  test.each([
    ['campaign', identifyLetter({ ...ours, slug: 'mental-health-for-some' }, 'ke-health', world, noon)],
    ['target', identifyLetter(ours, 'ke-mission', world, noon)],
    ['scope', identifyLetter(ours, 'ke-health', { ...world, scope: 'KE' }, noon)],
    ['threshold', identifyLetter(ours, 'ke-health', { ...world, threshold: 100 }, noon)],
  ])('is another for another %s', (_, other) => {
    expect([other.letter, other.number.split('-')[2]]).not.toContain(letter.letter);
    expect(other.number).not.toBe(letter.number);
  });

  test('has a reference that nobody can work out without the campaign’s salt', () => {
    const { letter: same, number } = identifyLetter(
      { ...ours, salt: 'B'.repeat(43) },
      'ke-health',
      world,
      noon,
    );
    expect(same).toBe(letter.letter);
    expect(number).not.toBe(letter.number);
  });

  test('has a reference of initials, year and signs that nobody mistakes for each other', () => {
    expect(letter.number).toMatch(/^MHFA-2026-[2-9A-HJKMNP-TV-Z]{8}$/);
  });

  test('goes into an address and a tag of SES, and back', () => {
    const aSlug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,4}$/);
    fc.assert(
      fc.property(aSlug, fc.stringMatching(/^[0-9a-f]{24}$/), (slug, hash) => {
        const id = toLetterId({ campaign: slug, letter: hash });
        expect(id).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
        expect(fromLetterId(id)).toEqual({ campaign: slug, letter: hash });
        expect(fromMailTag(id)).toEqual({ campaign: slug, letter: hash });
        const mail = { campaign: slug, letter: hash, attempt: noon };
        expect(fromMailTag(toMailTag(mail, noon))).toEqual(mail);
      }),
    );
  });

  test('is of no letter when the address is none of ours', () => {
    expect(fromLetterId('').letter).toBe('');
    expect(fromLetterId('mental-health-for-all').letter).toBe('');
  });
});

describe('a milestone', () => {
  const targets = [aTarget(), aTarget({ id: 'fr-health', area_id: 'FR' }), aTarget({ id: 'ke-mission' })];
  const days = [{ day: '2026-11-19', count: 9 }];
  const milestone: CatalogueEvent<'MilestoneReached'>['detail'] = {
    v: 1,
    id: `${campaign}:world:10`,
    at: new Date(noon).toISOString(),
    campaign,
    scope: 'world',
    threshold: 10,
    figures: { signatures: 12, byCountry: { KE: 12 }, pledges: [] },
  };

  test('of the world writes to all targets, once each, its figures frozen', () => {
    const letters = toLetters(milestone, ours, targets, days);
    expect(letters.map(({ target, country }) => [target, country])).toEqual([
      ['ke-health', 'KE'],
      ['fr-health', 'FR'],
      ['ke-mission', 'KE'],
    ]);
    expect(new Set(letters.map(({ letter }) => letter)).size).toBe(3);
    for (const letter of letters) {
      expect(Letter.parse(letter)).toMatchObject({
        state: 'requested',
        occasion: world,
        figures: milestone.figures,
        history: [...days, { day: '2026-11-20', count: 12 }],
        requestedAt: noon,
      });
    }
  });

  test('of a country writes to that country’s own', () => {
    const letters = toLetters({ ...milestone, scope: 'FR', threshold: 5 }, ours, targets, days);
    expect(letters.map(({ target }) => target)).toEqual(['fr-health']);
  });

  test('that is told twice asks for the same letters', () => {
    expect(toLetters(milestone, ours, targets, days)).toEqual(
      toLetters({ ...milestone }, ours, [...targets], [...days]),
    );
  });

  test('of a campaign without targets writes to nobody', () => {
    expect(toLetters(milestone, ours, [], days)).toEqual([]);
  });
});

describe('the history in a letter', () => {
  const daysOf = (length: number) =>
    Array.from({ length }, (_, at) => ({
      day: new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
      count: at + 1,
    }));

  test('ends with the count that the letter states, whatever was counted later that day', () => {
    const days = [...daysOf(3), { day: '2026-11-20', count: 99 }];
    const history = toHistory(days, 12, noon, '2026-01-01T00:00:00Z');
    expect(history).toEqual([...daysOf(3), { day: '2026-11-20', count: 12 }]);
  });

  test.each([
    ['2026-11-20', []],
    ['2026-11-19', ['2026-11-19']],
    ['2026-10-10', ['2026-10-10', '2026-11-19']],
    ['2026-11-21', []],
  ])('of a campaign that opened on %s has nothing on %j, before anybody signed', (opened, empty) => {
    const history = toHistory([], 12, noon, `${opened}T00:00:00Z`);
    const zeros = empty.map((day) => ({ day, count: 0 }));
    expect(history).toEqual([...zeros, { day: '2026-11-20', count: 12 }]);
  });

  test.each([0, 1, 57, 58, 114, 115, 1_000])('of %i days is thinned out evenly to sixty', (length) => {
    const history = toHistory(daysOf(length), length + 1, Date.UTC(2030, 0, 1), '2025-12-01T00:00:00Z');
    expect(history.length).toBeLessThanOrEqual(60);
    expect(history.length).toBeGreaterThanOrEqual(Math.min(length + 3, 30));
    expect(history.at(-1)).toEqual({ day: '2030-01-01', count: length + 1 });
    const days = history.map(({ day }) => day);
    expect(days).toEqual([...new Set(days)].sort());
  });
});

describe('the news of a letter', () => {
  const requested = aStoredLetter();
  const moved = (state: Letter['state'], by = 1) => ({
    ...requested,
    state,
    version: requested.version + by,
    changedAt: noon + by,
  });

  test.each([
    ['requested', undefined, requested, 'LetterRequested'],
    ['approved', requested, moved('approved'), 'LetterApproved'],
    ['delivered', moved('sent'), moved('delivered', 2), 'LetterDelivered'],
  ])('are that it was %s', (_, before, after, name) => {
    expect(letterNews(before, after)).toEqual([
      {
        name,
        detail: {
          v: 1,
          id: `letters:${toLetterId(after)}:${after.version}`,
          at: new Date(after.changedAt).toISOString(),
          campaign,
          letter: toLetterId(after),
          target: 'ke-health',
        },
      },
    ]);
  });

  test.each(['composed', 'sending', 'sent', 'bounced', 'unknown', 'failed', 'cancelled'] as const)(
    'are none when it is %s: nobody waits for that',
    (state) => {
      expect(letterNews(requested, moved(state))).toEqual([]);
    },
  );

  test.each([`texts#${campaign}`, 'number#MHFA-2026-22222222'])(
    'are none of what lies beside it: %s',
    (partition) => {
      expect(letterNews(undefined, { campaign: partition, letter: 'x' })).toEqual([]);
    },
  );

  test('are none when its state stays', () => {
    expect(letterNews(requested, moved('requested'))).toEqual([]);
  });

  test('are none when SES had no room for it: its message is still in the queue', () => {
    expect(letterNews(moved('sending'), moved('approved', 2))).toEqual([]);
  });
});
