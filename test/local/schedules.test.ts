import { describe, expect, it } from 'vitest';
import { compileSchedule } from '../../infra/local/events/schedules.ts';

const cases: [expression: string, minute: string, due: boolean][] = [
  ['rate(1 minute)', '2026-03-01T10:17Z', true],
  ['rate(5 minutes)', '2026-03-01T10:15Z', true],
  ['rate(5 minutes)', '2026-03-01T10:16Z', false],
  ['rate(2 hours)', '2026-03-01T10:00Z', true],
  ['rate(1 day)', '2026-03-01T00:00Z', true],
  ['rate(1 day)', '2026-03-01T12:00Z', false],
  ['cron(30 2 * * ? *)', '2026-03-01T02:30Z', true],
  ['cron(30 2 * * ? *)', '2026-03-01T02:31Z', false],
  ['cron(0/15 * * * ? *)', '2026-03-01T07:45Z', true],
  ['cron(0/15 * * * ? *)', '2026-03-01T07:44Z', false],
  ['cron(0 9-17/4 ? * MON-FRI *)', '2026-03-02T13:00Z', true],
  ['cron(0 9 ? * MON-FRI *)', '2026-03-01T09:00Z', false],
  ['cron(0 0 1 JAN,JUL ? *)', '2026-07-01T00:00Z', true],
  ['cron(0 0 1 * ? 2027)', '2026-07-01T00:00Z', false],
];

describe('a schedule', () => {
  it.each(cases)('%s at %s: %s', (expression, minute, due) => {
    expect(compileSchedule(expression)(new Date(minute))).toBe(due);
  });

  it.each([
    'rate(0 minutes)',
    'rate(3 weeks)',
    'cron(0 0 L * ? *)',
    'cron(* * * * *)',
    'daily',
    'at(2026-03-01T10:00:00)',
  ])('refuses %s', (expression) => {
    expect(() => compileSchedule(expression)).toThrow();
  });
});
