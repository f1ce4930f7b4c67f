import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Target } from '../../functions/targets/target.ts';
import { toCsv } from '../../functions/targets/write-registry.ts';
import seed from '../../infra/seed/targets.json' with { type: 'json' };
import { guardCell, unguardCell } from '../../shared/kernel/spreadsheet-cell.ts';
import { again } from '../support/a-registry-file.ts';
import { aTarget } from '../support/a-target.ts';

/** What spreadsheets, tables, typesetters and browsers give a meaning to. */
const oddParts = [
  '=1+1',
  '+41',
  '-',
  '@SUM',
  ';=1+1;',
  ';"=1',
  "'",
  "'=1",
  "''+",
  '"',
  '""',
  ',',
  ';',
  ' ',
  '<b>',
  '#x',
  '{a}',
  '\\',
  '＝',
  '👩🏽‍⚕️',
];
const word = fc.oneof(fc.constantFrom(...oddParts), fc.string({ unit: 'grapheme', maxLength: 6 }));
const isText = (text: string) => /^\S(?:.*\S)?$/u.test(text) && aTexts(text);
const aLine = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => words.join('').trim())
  .filter(isText);
const someLines = fc.array(aLine, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
const tag = fc.constantFrom('en', 'fr', 'sw', 'zh-Hans', 'pt-BR', 'ar');
const texts = fc.dictionary(tag, aLine, { minKeys: 1 });
const aDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const contact = fc.record({
  type: fc.constant('address' as const),
  value: someLines,
  status: fc.constantFrom('unverified', 'verified', 'bounced', 'retired'),
  note: optional(someLines),
});
const office = fc.record({
  label: texts.map((label) => ({ ...label, en: label['en'] ?? 'Ministry' })),
  holder: optional(fc.record({ name: aLine, honorific_prefix: optional(texts), start_date: optional(aDay) })),
  salutation: optional(texts),
  languages: fc.uniqueArray(tag, { minLength: 1 }),
  channel: fc.constantFrom('post', 'by-hand'),
  contact_details: fc.array(contact, { minLength: 1, maxLength: 12 }),
  requirements: optional(fc.record({ form: someLines, file_number: optional(aLine) })),
  note: optional(someLines),
  sources: fc.array(
    fc.record({ url: fc.constant('https://example.org/?a=1,2;3'), note: optional(someLines) }),
    { maxLength: 3 },
  ),
  updated_at: aDay,
});
const registry = fc
  .array(office, { maxLength: 4 })
  .map((offices) =>
    offices.map((each, at) =>
      Target.parse(JSON.parse(JSON.stringify({ ...aTarget(), ...each, id: `office-${at}` }))),
    ),
  );

/** As the registry takes it. */
function aTexts(text: string): boolean {
  return Target.safeParse(aTarget({ label: { en: text } })).success && text.trim() === text;
}

test('what is exported as CSV or JSON is imported as the same offices', () => {
  void fc.assert(
    fc.property(registry, (offices) => {
      fc.pre(offices.length > 0);
      expect(again(offices, 'json')).toEqual(offices);
      expect(again(offices, 'csv')).toEqual(offices);
    }),
  );
});

test('the seeded registry is the same, too', () => {
  const offices = seed.map((target) => Target.parse(target));
  expect(again(offices, 'csv')).toEqual(offices);
  expect(again(offices, 'json')).toEqual(offices);
});

test('no cell that is exported is a formula for a spreadsheet', () => {
  void fc.assert(
    fc.property(registry, (offices) => {
      const cells = parse(toCsv(offices), { bom: true }).flat();
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    }),
  );
});

test('nor is what a spreadsheet makes of a cell that divides by semicolons, and knows no quotation marks', () => {
  void fc.assert(
    fc.property(registry, (offices) => {
      const pieces = toCsv(offices)
        .slice(1)
        .split(/[;\t\r\n]+/);
      for (const piece of pieces) expect(piece.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
  );
});

test.each([
  ['A;=1+1', "A;'=1+1"],
  ['=1+1', "'=1+1"],
  ["A;'=1+1", "A;''=1+1"],
  ['A; "+1";-', `A; "'+1";'-`],
  ['Afya House\n=1+1', "Afya House\n'=1+1"],
  ['sw; en, +41 22 555 01 00, a-b', 'sw; en, +41 22 555 01 00, a-b'],
])('%j is exported as %j, and imported as it was', (text, cell) => {
  expect(guardCell(text)).toBe(cell);
  expect(unguardCell(cell)).toBe(text);
});

test('an empty registry is exported as the columns that have to be filled in', () => {
  const header = '"id","classification","area_id","label.en","languages","channel","updated_at"';
  expect(toCsv([])).toBe(`\ufeff${header}\r\n`);
});
