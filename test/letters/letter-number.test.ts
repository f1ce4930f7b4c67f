import { describe, expect, test } from 'vitest';
import { identifyLetter } from '../../functions/letters/letter.ts';
import { letterAddress, toExactNumber } from '../../functions/letters/letter-number.ts';
import { noon } from '../support/a-campaign.ts';

const exact = 'MHFA-2026-7K3QX2AB';

describe('the number that somebody types', () => {
  test.each([
    exact,
    'mhfa-2026-7k3qx2ab',
    ' MHFA 2026 7K3Q X2AB ',
    'mhfa20267k3qx2ab',
    'MHFA–2026–7K3QX2AB',
    '\u2066MHFA-2026-7K3QX2AB\u2069',
    'ＭＨＦＡ－２０２６－７Ｋ３ＱＸ２ＡＢ',
    `https://groundswell.example.org/letters/${exact}?lang=fr#main`,
  ])('%j is the one that is printed', (typed) => {
    expect(toExactNumber(typed)).toBe(exact);
  });

  test.each([
    '',
    '   ',
    'MHFA-2026',
    'MHFA-2026-DRAFT',
    'MHFA-2026-7K3QX2A0',
    'MHFA-2026-7K3QX2AO',
    'MHFA-2026-7K3QX2AB2',
    'number#MHFA-2026-7K3QX2AB',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    'x'.repeat(300),
  ])('%j is none of ours', (typed) => {
    expect(() => toExactNumber(typed)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('is known whatever the words of the campaign begin with', () => {
    for (const slug of ['a', '2030-now', 'oil-is-out', 'a-b-c-d-e-f-g']) {
      const { number } = identifyLetter(
        { slug, salt: 'A'.repeat(43) },
        'ke-health',
        { scope: 'world', threshold: 10 },
        noon,
      );
      expect(toExactNumber(number.toLowerCase())).toBe(number);
    }
  });
});

test('the address of a letter keeps the language and the format that were asked for, and nothing else', () => {
  expect(letterAddress(exact, {})).toBe(`/letters/${exact}`);
  expect(letterAddress(exact, { lang: 'fr', format: 'json', number: 'x' })).toBe(
    `/letters/${exact}?lang=fr&format=json`,
  );
  expect(letterAddress(exact, { lang: '\r\nset-cookie: a' })).not.toMatch(/[\r\n]/);
});
