import { expect, test } from 'vitest';
import { findDrift, generated } from '../../docs/generate.ts';

test('what is generated is committed as the code has it', () => {
  expect(findDrift(), 'Run "npm run generate" and commit what it writes').toEqual([]);
});

test('drift is found by the name of its file', () => {
  expect(findDrift('/nowhere')).toEqual(Object.keys(generated));
});
