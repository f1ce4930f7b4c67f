import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

describe('npm run bench, called wrongly,', () => {
  test.each([
    ['an unknown option', ['--nonsense'], "Unknown option '--nonsense'."],
    [
      'a word that is no option',
      ['units'],
      "Unexpected argument 'units'. This command does not take positional arguments.",
    ],
    ['an unknown section', ['--only', 'units,nonsense'], 'There is no section nonsense.'],
    ['no sections', ['--only='], "Option '--only' needs a value."],
    ['no file name', ['--json'], "Option '--json' needs a value."],
    ['another option as the file name', ['--json', '--page'], "Option '--json' needs a value."],
    [
      'a folder as the file',
      ['--json', tmpdir()],
      `${tmpdir()} cannot be written: illegal operation on a directory.`,
    ],
    [
      'a file in a folder that is not there',
      ['--json', join(tmpdir(), 'not-there', 'rows.json')],
      `${join(tmpdir(), 'not-there', 'rows.json')} cannot be written: no such file or directory.`,
    ],
    [
      'a page of some sections',
      ['--page', '--only', 'letter'],
      '--page is made of all sections: leave --only out.',
    ],
  ])('with %s, says so and ends with 2 before it measures', (_, args, sentence) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bench/run.ts', ...args], {
      encoding: 'utf8',
    });
    expect(stderr.split('\n')[0]).toBe(sentence);
    expect([status, stdout]).toEqual([2, '']);
  });
});
