import { describe, expect, test } from 'vitest';
import { LocalTime, TimeZone, toInstant, toLocal } from '../../functions/campaigns/campaign-times.ts';

const utcOf = (local: string, zone: string) => new Date(toInstant(local, zone)).toISOString();

describe('local midnight', () => {
  // Offsets: the IANA time zone database.
  test.each([
    ['UTC', '2026-10-10T00:00', '2026-10-10T00:00:00.000Z'],
    ['Europe/London', '2026-01-10T00:00', '2026-01-10T00:00:00.000Z'],
    ['Europe/London', '2026-10-10T00:00', '2026-10-09T23:00:00.000Z'],
    ['America/New_York', '2026-01-10T00:00', '2026-01-10T05:00:00.000Z'],
    ['America/New_York', '2026-10-10T00:00', '2026-10-10T04:00:00.000Z'],
    ['America/St_Johns', '2026-10-10T00:00', '2026-10-10T02:30:00.000Z'],
    ['America/Sao_Paulo', '2026-10-10T00:00', '2026-10-10T03:00:00.000Z'],
    ['America/Sao_Paulo', '2018-12-10T00:00', '2018-12-10T02:00:00.000Z'],
    ['Asia/Kolkata', '2026-10-10T00:00', '2026-10-09T18:30:00.000Z'],
    ['Asia/Kathmandu', '2026-10-10T00:00', '2026-10-09T18:15:00.000Z'],
    ['Africa/Nairobi', '2026-10-10T00:00', '2026-10-09T21:00:00.000Z'],
    ['Africa/Cairo', '2026-10-10T00:00', '2026-10-09T21:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-06-10T00:00', '2026-06-09T13:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-10T00:00', '2026-10-09T13:00:00.000Z'],
    ['Pacific/Apia', '2026-10-10T00:00', '2026-10-09T11:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-10-10T00:00', '2026-10-09T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-10-10T00:00', '2026-10-10T11:00:00.000Z'],
  ])('in %s, %s, is %s, and is read so', (zone, local, utc) => {
    expect(utcOf(local, zone)).toBe(utc);
    expect(toLocal(Date.parse(utc), zone)).toBe(local);
  });

  test.each([
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-24T01:00', 'clocks go from midnight to one'],
    ['America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T01:00', 'they did'],
    ['Pacific/Apia', '2011-12-30T00:00', '2011-12-31T00:00', 'the day was left out'],
  ])(
    'in %s, that of %s, which never came, is the first moment after it: %s, for %s',
    (zone, local, first) => {
      expect(toLocal(toInstant(local, zone), zone)).toBe(first);
      expect(toLocal(toInstant(local, zone) - 1, zone) < local).toBe(true);
    },
  );

  test('that comes twice is the first one: in Havana clocks go back from one to midnight', () => {
    expect(utcOf('2026-11-01T00:00', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  });
});

describe('a time when clocks are changed', () => {
  test.each([
    ['Europe/London', '2026-03-29T00:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/London', '2026-03-29T01:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/London', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/London', '2026-10-25T01:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
  ])('in %s, %s, is %s: the first of two, and of none as much later', (zone, local, utc) => {
    expect(utcOf(local, zone)).toBe(utc);
  });

  test('is found again from every moment of a year, but for the second of two that read alike', () => {
    const quarter = 15 * 60_000;
    for (const zone of [
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kolkata',
    ])
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 13 * quarter) {
        const again = toInstant(toLocal(at, zone), zone);
        expect(toLocal(again, zone)).toBe(toLocal(at, zone));
        expect(again === at || (again < at && at - again <= 4 * quarter)).toBe(true);
      }
  });
});

test('seconds and less are told only where there are any', () => {
  for (const local of ['2026-10-10T00:00', '2026-10-10T23:59:59', '2026-10-10T00:00:00.001'])
    expect(toLocal(toInstant(local, 'Asia/Kolkata'), 'Asia/Kolkata')).toBe(local);
});

test.each([
  ['2026-10-10T00:00Z'],
  ['2026-10-10T00:00+03:00'],
  ['2026-10-10'],
  ['2026-10-10 00:00'],
  ['2026-02-30T00:00'],
  ['2026-10-10T24:00'],
  ['2026-13-01T00:00'],
  [''],
])('%j is no local time', (text) => {
  expect(LocalTime.safeParse(text).success).toBe(false);
});

test.each([['+03:00'], ['Mars/Base'], [''], ['GMT+25'], ['Africa/Nairobi '], ['x'.repeat(51)]])(
  '%j is no time zone',
  (name) => {
    expect(TimeZone.safeParse(name).success).toBe(false);
  },
);
