import { expect, test } from 'vitest';
import { segmentAt } from '../../functions/actions/forget-unconfirmed.ts';
import { noon } from '../support/a-campaign.ts';

test('four weeks of hours look through each part of the table once', () => {
  const hours = Array.from({ length: 4 * 7 * 24 }, (_, at) => segmentAt(noon + at * 3_600_000));
  const [first] = hours;
  expect(new Set(hours.map(({ Segment }) => Segment)).size).toBe(first?.TotalSegments);
  expect(segmentAt(noon + 28 * 24 * 3_600_000)).toEqual(first);
});
