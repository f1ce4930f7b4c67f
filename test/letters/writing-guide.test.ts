import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { letterTextIn } from '../../functions/letters/check-letter-text.ts';
import { messageKeys, variables } from '../../functions/letters/letter-messages.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/letters.md'), 'utf8');

describe('the guide to writing letters', () => {
  test.each(Object.entries(variables))('tells the variable %s and its kind', (name, kind) => {
    const row = guide.split('\n').find((line) => line.startsWith('| `{') && line.includes(`\`{${name}}\``));
    expect(row?.split('|')[2]?.trim()).toBe(kind);
  });

  test.each(messageKeys)('tells the message %s', (key) => {
    expect(sectionOf('Messages')).toContain(`\`${key}\``);
  });

  test('has an example that can be saved', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
    expect(letterTextIn('en').safeParse(JSON.parse(example)).error).toBeUndefined();
  });
});

function sectionOf(heading: string): string {
  return guide.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}
