import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { aRow, aTable } from '../support/a-registry-file.ts';
import { runTool } from '../support/run-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'groundswell-targets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Nobody listens there: what is refused before it is sent needs nobody. */
const nowhere = { PORT: '1' };
const run = (...args: string[]) => runTool('infra/tools/targets.ts', args, nowhere);

function aFile(content: string | Uint8Array, name = 'registry.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the tool that imports the registry', () => {
  test('names every bad row of a file of 100,000, by line and column, and sends nothing', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) =>
      aRow({ id: `office-${at}`, 'label.en': `Office ${at}`, ...(at % 4 === 0 && { area_id: 'UK' }) }),
    );
    const { status, stderr } = await run('import', aFile(aTable(rows)));
    expect(status).toBe(1);
    const named = stderr.split('\n').filter((line) => /^line \d+, area_id: Give a country/.test(line));
    expect(named).toHaveLength(25_000);
    expect(named.at(-1)).toMatch(/^line 99998,/);
    expect(stderr).toContain('a registry has 10000 at most');
    expect(stderr).toContain('Nothing was imported');
  });

  test.each([
    ['is not in UTF-8', Buffer.from(aTable([aRow()]), 'utf16le'), 'not in UTF-8'],
    ['lacks a column', 'id,classification\nke-health,health-ministry\n', 'area_id'],
    ['is empty', '', 'line 1'],
  ])('says what is wrong with a file that %s', async (_, content, said) => {
    const { status, stderr } = await run('import', aFile(content));
    expect([status, stderr]).toEqual([1, expect.stringContaining(said)]);
  });

  test.each([[['improt', 'a.csv']], [['import']], [['import', 'a.xlsx']], [['import', 'a.csv', '--skip']]])(
    'shows how it is used when it is called with %j',
    async (args) => {
      const { status, stderr } = await run(...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining('Usage: npm run targets')]);
    },
  );

  test('says that there is no such file', async () => {
    const { status, stderr } = await run('import', 'not-there.csv');
    expect([status, stderr]).toEqual([2, expect.stringContaining('There is no file not-there.csv')]);
  });

  test('says that nobody is there to take a file that is good', async () => {
    const { status, stderr } = await run('import', aFile(aTable([aRow()])));
    expect(status).toBe(2);
    expect(stderr).toContain('http://localhost:1');
  });
});
