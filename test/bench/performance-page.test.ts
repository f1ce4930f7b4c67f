import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../bench/report.ts';
import { sections } from '../../bench/sections.ts';
import { readReport, toPerformancePage } from '../../docs/performance-page.ts';

test('the page and its charts are those of the figures beside it', () => {
  for (const [name, content] of Object.entries(toPerformancePage(readReport()))) {
    expect(readFileSync(join('docs', name), 'utf8'), name).toBe(content);
  }
});

test('the page has every section of the bench, each with words of its own', () => {
  const page = toPerformancePage(readReport())['performance.md'];
  for (const { title } of sections.filter(({ byName }) => !byName))
    expect(page).toMatch(new RegExp(`^## ${title}\n\n[A-Z]`, 'm'));
});

test('what could not be measured stands there as such', () => {
  const row = {
    name: 'a | b',
    value: null,
    unit: '',
    bound: 1,
    ok: false,
    how: 'It could not be measured: no engine',
  };
  const report: Report = {
    on: '2026-11-23',
    machine: { processor: 'Some', cores: 2, node: 'v24', system: 'linux x64' },
    sections: [{ name: 'units', title: 'Units', rows: [row], charts: [] }],
  };
  const page = toPerformancePage(report)['performance.md'];
  expect(page).toContain('| a \\| b | not measured | 1 | **does not hold** |');
});
