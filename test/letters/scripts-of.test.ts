import { expect, test } from 'vitest';
import { scriptsOf } from '../../functions/letters/scripts-of.ts';

test.each([
  ['Ministry of Health, 12 Example Street', 'Latin'],
  ['Ministère de l’Éducation — №1', 'Latin'],
  ['Dr. Иван, Ministry', 'Latin Cyrillic'],
  ['卫生和社会保障部', 'Han'],
  ['厚生労働省のデスク', 'Han Hiragana Katakana'],
  ['0123 «» …', ''],
  ['Ministry of ကကျ', 'Latin က ျ'],
])('%s is written in these scripts: %s', (text, scripts) => {
  expect(scriptsOf(text)).toBe(scripts);
});
