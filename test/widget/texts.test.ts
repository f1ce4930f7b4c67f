import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { compileTexts, numberKeys } from '../../infra/constructs/compile-texts.ts';
import { languages } from '../../shared/kernel/language.ts';
import { pageText } from '../../web/pages/page-text.ts';
import { textKeys } from '../../web/widget/text-keys.ts';

vi.stubGlobal('WIDGET_TEXTS', {});
const { toTell } = await import('../../web/widget/texts.ts');

/** What the widget fills in, as it does: numbers that a text depends on, else texts. */
const values = {
  owner: 'Minds in Common',
  campaign: 'Health',
  goal: '1,000',
  date: '1 May',
  email: 'a@b.org',
};
const folder = join(import.meta.dirname, '../../web/widget');

describe('the texts of the widget', () => {
  test.each(languages)('are those of the pages, whatever the number: %s', (language) => {
    const compiled = compileTexts(language);
    const tell = toTell(Object.fromEntries(textKeys.map((key, at) => [key, compiled[at]])), language);
    const t = pageText(language);
    for (const key of textKeys) {
      for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000])
        expect(tell(key, { ...values, count, seconds: count })).toBe(
          t(key, { ...values, count, seconds: count }),
        );
    }
  });

  it('write numbers as the language does', () => {
    const tell = toTell({ 'tally.goal': 'Ziel: {goal}' }, 'de');
    expect(tell('tally.goal', { goal: 10_000 })).toBe('Ziel: 10.000');
  });

  it('are never markup, and never formats of their own', () => {
    const tell = toTell({ 'campaign.by': 'By {owner}' }, 'en');
    expect(tell('campaign.by', { owner: '{campaign} <b> $& $1' })).toBe('By {campaign} <b> $& $1');
  });

  it('are all used by its sources', () => {
    const sources = readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && name !== 'text-keys.ts')
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join();
    expect(textKeys.filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  });

  it('are found by their places in a bundled script', () => {
    expect(numberKeys(`t("${textKeys[0]}"),t("${textKeys[12]}")`)).toBe('t(0),t(12)');
  });
});
