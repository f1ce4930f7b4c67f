import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from '../../shared/kernel/language.ts';
import { tallyBadge } from '../../web/pages/tally-badge.ts';
import { attributesOf, structureOf } from '../support/a-page.ts';

const usual = { language: 'en', title: 'Mental health for all', kind: 'signature', count: 1_234 } as const;

test('a badge says its number in words to who cannot see it', () => {
  const svg = tallyBadge(usual);
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Mental health for all – Signatures: 1,234"/);
  expect(svg).toContain('<title>Mental health for all – Signatures: 1,234</title>');
  expect(svg).toContain('>1,234</text>');
});

test.each(languages)('a badge in %s grows with its number', (language) => {
  const widths = [1, 1_234, 999_999_999].map((count) => widthOf(tallyBadge({ ...usual, language, count })));
  expect(widths).toEqual([...widths].sort((one, other) => one - other));
  expect(new Set(widths).size).toBe(3);
});

test('a badge runs from right to left where its language does', () => {
  const [english, arabic] = (['en', 'ar'] as const).map((language) =>
    placesOf(tallyBadge({ ...usual, language })),
  );
  expect(english?.label).toBeLessThan(english?.figure as number);
  expect(arabic?.label).toBeGreaterThan(arabic?.figure as number);
});

test('a badge loads nothing, runs nothing, and has no style of its own', () => {
  expect(tallyBadge(usual)).not.toMatch(/href|url\(|<style|style=|<script|\son[a-z]+=/);
});

test('a badge is never given an element or an attribute by a title, and stays XML', () => {
  const structure = structureOf(asPage(tallyBadge(usual)));
  const characters = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    ']]>',
    '\u0000',
    '\u000b',
    '\ud800',
    '\ufffe',
    'ب',
    'é',
  );
  const anyTitle = fc.oneof(fc.string(), fc.string({ unit: characters }));
  fc.assert(
    fc.property(anyTitle, (title) => {
      const svg = tallyBadge({ ...usual, title });
      expect(structureOf(asPage(svg))).toEqual(structure);
      expect(svg.isWellFormed()).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 does not take.
      expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    }),
    { numRuns: 100 },
  );
});

/** Written as our pages are. */
function asPage(svg: string): string {
  return svg.replaceAll('/>', '>').replace('viewBox', 'viewbox');
}

function widthOf(svg: string): number {
  return Number(attributesOf(svg)['width']);
}

/** Where the middles of the two texts are. */
function placesOf(svg: string): { label: number; figure: number } {
  const [label = '', figure = ''] = svg.match(/<text [^>]*>/g) ?? [];
  return { label: Number(attributesOf(label)['x']), figure: Number(attributesOf(figure)['x']) };
}
