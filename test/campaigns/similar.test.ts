import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comparable, findSimilar, mustBeSeen } from '../../functions/campaigns/similar.ts';

const own = aComparable({ slug: 'own', moment: 'world-day', topics: ['funding', 'work'] });

function aComparable(changes: Partial<Comparable> & { slug: string }): Comparable {
  return {
    root: changes.slug,
    moment: undefined,
    topics: [],
    offices: ['br-health', 'fr-health', 'in-health', 'ke-health'],
    ...changes,
  };
}

const other = (changes: Partial<Comparable>) => aComparable({ slug: 'other', offices: [], ...changes });
const only = (changes: Partial<Comparable>) => findSimilar(own, [other(changes)]);

describe('a campaign is like another one', () => {
  test.each([
    ['the moment', { moment: 'world-day' }, 40],
    ['all topics', { topics: ['work', 'funding'] as const }, 20],
    ['one topic of the three that both have', { topics: ['work', 'education'] as const }, 7],
    ['all its offices', { offices: own.offices }, 40],
    ['half its offices', { offices: ['fr-health', 'ke-health', 'us-health'] }, 20],
    ['all of it', { ...own, slug: 'other', root: 'other' }, 100],
  ])('by %s', (_what, same, alike) => {
    expect(only(same as Partial<Comparable>)).toMatchObject([{ slug: 'other', alike }]);
  });

  test('and is told what is the same', () => {
    const topics = ['work', 'education'] as Comparable['topics'];
    expect(only({ moment: 'world-day', topics, offices: ['ke-health', 'us-health'] })).toEqual([
      {
        slug: 'other',
        alike: 57,
        moment: 'world-day',
        topics: ['work'],
        offices: { count: 1, share: 0.25 },
      },
    ]);
  });

  test.each([
    ['another moment', { moment: 'suicide-prevention-day' }],
    ['no moment, like itself', {}],
    ['other topics', { topics: ['education'] as const }],
    ['other offices', { offices: ['us-health'] }],
  ])('not by %s', (_what, same) => {
    const without = { ...own, moment: undefined };
    expect(findSimilar(without, [other(same as Partial<Comparable>)])).toEqual([]);
  });

  test('but not like itself, its root, its chapters and theirs', () => {
    const chapter = { ...own, slug: 'chapter', root: 'own' };
    expect(findSimilar(own, [own, chapter])).toEqual([]);
    expect(findSimilar(chapter, [own, { ...own, slug: 'sister', root: 'own' }])).toEqual([]);
  });
});

test('the most alike come first, those alike by their slugs', () => {
  const found = findSimilar(own, [
    other({ slug: 'topical', topics: ['work'] }),
    other({ slug: 'second', moment: 'world-day' }),
    other({ slug: 'first', moment: 'world-day' }),
    other({ slug: 'twin', moment: 'world-day', offices: own.offices }),
  ]);
  expect(found.map(({ slug }) => slug)).toEqual(['twin', 'first', 'second', 'topical']);
});

test('one has to have looked at campaigns of the same moment or to the same offices, not of the same topics', () => {
  const seen = (changes: Partial<Comparable>) => only(changes).map(mustBeSeen);
  expect(seen({ moment: 'world-day' })).toEqual([true]);
  expect(seen({ offices: own.offices })).toEqual([true]);
  expect(seen({ topics: own.topics })).toEqual([false]);
  expect(seen({ topics: own.topics, offices: own.offices.slice(2) })).toEqual([true]);
});

test('what is alike is between 1 and 100, whatever the campaigns, and nothing that has nothing in common is told', () => {
  const comparable = fc.record({
    moment: fc.constantFrom(undefined, 'a', 'b'),
    topics: fc.uniqueArray(fc.constantFrom('funding', 'work', 'education')),
    offices: fc.uniqueArray(fc.constantFrom(...'abcdefgh')),
  });
  fc.assert(
    fc.property(comparable, comparable, (one, another) => {
      const [a, b] = [one, another].map((each, at) => ({ ...each, slug: `${at}`, root: `${at}` }));
      const found = findSimilar(a as Comparable, [b as Comparable]);
      const common =
        (one.moment !== undefined && one.moment === another.moment) ||
        one.topics.some((topic) => another.topics.includes(topic)) ||
        one.offices.some((office) => another.offices.includes(office));
      expect(found).toHaveLength(common ? 1 : 0);
      for (const { alike } of found) expect(alike >= 1 && alike <= 100).toBe(true);
    }),
  );
});
