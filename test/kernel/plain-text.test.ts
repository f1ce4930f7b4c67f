import { describe, expect, test } from 'vitest';
import { plainText } from '../../shared/kernel/plain-text.ts';

const line = plainText(20);
const lines = plainText(20, { lines: true });

describe('plain text', () => {
  test.each([
    ['  Mental health ', 'Mental health'],
    ['मानसिक स्वास्थ्य', 'मानसिक स्वास्थ्य'],
    ['न\u094d\u200dय', 'न\u094d\u200dय'],
    ['می\u200cخواهیم', 'می\u200cخواهیم'],
    ['👩\u200d🚀 Care', '👩\u200d🚀 Care'],
  ])('takes %j as %j', (text, kept) => {
    expect([line.parse(text), lines.parse(text)]).toEqual([kept, kept]);
  });

  test.each([
    ['One\r\nTwo\rThree', 'One\nTwo\nThree'],
    ['\r\n One\n\nTwo \r\n', 'One\n\nTwo'],
  ])('of several lines takes %j as %j, and of one line does not', (text, kept) => {
    expect(lines.parse(text)).toBe(kept);
    expect(line.safeParse(text).success).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t\u00a0'],
    ['what nobody can see', '\u200b\u200d'],
    ['NUL', 'Care\u0000'],
    ['a tab', 'Care\tnow'],
    ['an escape', '\u001b[31mCare'],
    ['a line separator', 'Care\u2028now'],
    ['half of a character', 'Care \ud83d'],
    ['an override of direction', 'Care \u202egnp.exe'],
    ['an isolate', 'Care \u2067now'],
    ['more than fits', 'x'.repeat(21)],
  ])('is not %s', (_, text) => {
    expect([line.safeParse(text).success, lines.safeParse(text).success]).toEqual([false, false]);
  });

  test('is as long as it is without blanks around it', () => {
    expect(line.parse(` ${'x'.repeat(20)} `)).toHaveLength(20);
  });

  test('says what is wrong once', () => {
    const issues = ['', '\u200b', '\u0000', 'a\nb'].map((text) => line.safeParse(text).error?.issues.length);
    expect(issues).toEqual([1, 1, 1, 1]);
  });
});
