import { describe, expect, test } from 'vitest';
import { isCountry, Jurisdiction, liesIn, Region } from '../../shared/kernel/jurisdiction.ts';

describe('what an office is of', () => {
  test.each(['KE', 'EU', 'UN', '001', '002', '014'])('can be %s', (code) => {
    expect(Jurisdiction.parse(code)).toBe(code);
  });

  test.each(['XK', 'ke', 'KEN', 'Kenya', '404', '999', '', ' KE'])(
    'cannot be %j, and is told so in a whole sentence',
    (code) => {
      expect(Jurisdiction.safeParse(code).error?.issues).toMatchObject([
        {
          message: 'Give a country of ISO 3166-1 (KE), EU, UN, or a region of UN M49 (002).',
          params: { code: 'unknown-country' },
        },
      ]);
    },
  );

  test('is one country, or a body of several', () => {
    expect(['KE', 'GB', 'EU', 'UN', '002'].filter(isCountry)).toEqual(['KE', 'GB']);
  });
});

test('a region is none of a country’s own number', () => {
  expect(Region.safeParse('002').success).toBe(true);
  expect(Region.safeParse('404').success).toBe(false);
});

describe('a country', () => {
  test.each([
    ['KE', '014', 'Eastern Africa'],
    ['KE', '202', 'Sub-Saharan Africa'],
    ['KE', '002', 'Africa'],
    ['KE', '001', 'the world'],
    ['MX', '419', 'Latin America'],
    ['FR', '155', 'Western Europe'],
  ])('%s lies in %s, %s', (country, region) => {
    expect(liesIn(country, region)).toBe(true);
  });

  test('lies in no other region, and in none if UN M49 does not list it', () => {
    expect(liesIn('KE', '142')).toBe(false);
    expect(liesIn('MX', '021')).toBe(false);
    expect(liesIn('TW', '001')).toBe(false);
  });

  test('is no region, but a region lies in itself and in those around it', () => {
    expect(liesIn('KE', 'KE')).toBe(false);
    expect(liesIn('014', '014')).toBe(true);
    expect(liesIn('014', '002')).toBe(true);
    expect(liesIn('002', '014')).toBe(false);
    expect(liesIn('EU', '150')).toBe(false);
  });
});
