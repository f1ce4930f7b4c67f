import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromLetterId, identifyLetter, Letter, toLetterId } from '../../functions/letters/letter.ts';
import { toLetters } from '../../functions/letters/request-letters.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { aTarget, noon } from '../support/a-campaign.ts';
import { pointSdkTo } from '../support/a-database.ts';
import { aStoredLetter } from '../support/a-stored-letter.ts';

const campaign = 'mental-health-for-all';
const world = { scope: 'world', threshold: 10 };

let letterNews: typeof import('../../functions/letters/read.ts').letterNews;
beforeAll(async () => {
  pointSdkTo('http://127.0.0.1:1', { LETTERS_TABLE: 'Letters' });
  ({ letterNews } = await import('../../functions/letters/read.ts'));
});

describe('the identity of a letter', () => {
  const letter = identifyLetter(campaign, 'ke-health', world, noon);

  test('is the same each time it is asked for', () => {
    expect(identifyLetter(campaign, 'ke-health', { ...world }, noon)).toEqual(letter);
  });

  test.each([
    ['campaign', identifyLetter('mental-health-for-some', 'ke-health', world, noon)],
    ['target', identifyLetter(campaign, 'ke-mission', world, noon)],
    ['scope', identifyLetter(campaign, 'ke-health', { ...world, scope: 'KE' }, noon)],
    ['threshold', identifyLetter(campaign, 'ke-health', { ...world, threshold: 100 }, noon)],
  ])('is another for another %s', (_, other) => {
    expect([other.letter, other.number.split('-')[2]]).not.toContain(letter.letter);
    expect(other.number).not.toBe(letter.number);
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
      }),
    );
  });

  test('is of no letter when the address is none of ours', () => {
    expect(fromLetterId('').letter).toBe('');
    expect(fromLetterId('mental-health-for-all').letter).toBe('');
  });
});

describe('a milestone', () => {
  const targets = [aTarget(), aTarget({ id: 'fr-health', country: 'FR' }), aTarget({ id: 'ke-mission' })];
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
    const letters = toLetters(milestone, targets);
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
        requestedAt: noon,
      });
    }
  });

  test('of a country writes to that country’s own', () => {
    const letters = toLetters({ ...milestone, scope: 'FR', threshold: 5 }, targets);
    expect(letters.map(({ target }) => target)).toEqual(['fr-health']);
  });

  test('that is told twice asks for the same letters', () => {
    expect(toLetters(milestone, targets)).toEqual(toLetters({ ...milestone }, [...targets]));
  });

  test('of a campaign without targets writes to nobody', () => {
    expect(toLetters(milestone, [])).toEqual([]);
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

  test.each(['composed', 'sending', 'sent', 'bounced', 'unknown', 'failed'] as const)(
    'are none when it is %s: nobody waits for that',
    (state) => {
      expect(letterNews(requested, moved(state))).toEqual([]);
    },
  );

  test('are none when its state stays', () => {
    expect(letterNews(requested, moved('requested'))).toEqual([]);
  });

  test('are none when SES had no room for it: its message is still in the queue', () => {
    expect(letterNews(moved('sending'), moved('approved', 2))).toEqual([]);
  });
});
