import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyDataFolder, openDataFolder } from '../../infra/local/data-folder.ts';
import { aFolder } from './a-stack.ts';

describe('a data folder', () => {
  it('is new until it is seeded', () => {
    const path = aFolder('data');
    const first = openDataFolder(path);
    first.release();
    const second = openDataFolder(path);
    second.markSeeded();
    second.release();
    const third = openDataFolder(path);
    third.release();

    expect([first, second, third].map(({ isNew }) => isNew)).toEqual([true, true, false]);
  });

  it('has one host at a time', () => {
    const path = aFolder('data');
    const { release } = openDataFolder(path);

    expect(() => openDataFolder(path)).toThrow(`Another Groundswell (process ${process.pid}) is running on`);
    expect(() => emptyDataFolder(path)).toThrow('Another Groundswell');
    release();
  });

  it.each([
    ['of another format', 'format', '1'],
    ['seeded before formats were noted', 'seeded', ''],
  ])('%s is not opened, and says what to do', (_, file, content) => {
    const path = aFolder('data');
    openDataFolder(path).release();
    rmSync(join(path, 'format'));
    writeFileSync(join(path, file), content);

    expect(() => openDataFolder(path)).toThrow('`npm run reset` empties it');
    emptyDataFolder(path);
    openDataFolder(path).release();
  });

  it('is emptied by a reset, which leaves any other folder alone', () => {
    const path = aFolder('data');
    openDataFolder(path).release();
    const other = aFolder('other');
    writeFileSync(join(other, 'mine.txt'), 'mine');

    emptyDataFolder(path);

    expect(readdirSync(path)).toEqual([]);
    expect(() => emptyDataFolder(other)).toThrow('left as it is');
    expect(readdirSync(other)).toEqual(['mine.txt']);
  });
});
