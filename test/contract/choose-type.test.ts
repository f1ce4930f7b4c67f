import { expect, test } from 'vitest';
import { chooseType } from '../../shared/http/choose-type.ts';

const [asJson, asCsv] = ['application/json', 'text/csv'] as const;

test.each([
  [undefined, asJson],
  ['', asJson],
  ['*/*', asJson],
  ['text/csv', asCsv],
  ['TEXT/CSV; header=present', asCsv],
  ['text/*', asCsv],
  ['text/csv, */*', asCsv],
  ['text/csv;q=0.5, application/json', asJson],
  ['text/csv;q=0, */*', asJson],
  ['application/json;q=0.2, text/*;q=0.1, text/csv;q=0.9', asCsv],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', asJson],
  ['text/csv, application/json', asJson],
  ['image/png', asJson],
  [';;q=,,q=x', asJson],
])('of JSON and CSV, what accepts %s is answered with %s', (accept, type) => {
  expect(chooseType(accept, [asJson, asCsv])).toBe(type);
});
