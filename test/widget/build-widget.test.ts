import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildWidget } from '../../infra/constructs/build-widget.ts';
import { languages } from '../../shared/kernel/language.ts';
import { textKeys } from '../../web/widget/text-keys.ts';

const { script, whole, loads } = buildWidget((name, content) => ({
  file: { name, servedAs: name, content: Buffer.from(content) },
  address: `/assets/${name}`,
}));
const all = [script, whole, ...loads];
const scripts = all.filter(({ name }) => name.endsWith('.js')).map(({ content }) => content.toString());

describe('the scripts of the widget', () => {
  it('begin with one of at most 10,000 bytes, gzipped, with its styles and English', () => {
    expect(gzipSync(script.content, { level: 9 }).length).toBeLessThanOrEqual(10_000);
  });

  it('load from addresses that never mean anything else', () => {
    expect(loads.map(({ name }) => name)).toEqual([
      ...languages.filter((language) => language !== 'en').map((language) => `widget-${language}.json`),
      'widget-time-zones.json',
      'widget-pledge.js',
      'widget-later.js',
    ]);
    const patterns = script.content.toString().match(/\/assets\/widget-\*\.[0-9a-f]{8}\.js(on)?/g) ?? [];
    expect(patterns.length).toBe(2);
    const known = patterns.flatMap((pattern) =>
      ['fr', 'time-zones', 'pledge', 'later'].map((name) => pattern.replace('*', name)),
    );
    expect(loads.filter(({ servedAs }) => known.includes(`/assets/${servedAs}`)).length).toBe(4);
  });

  it('are also there as one that loads no other script', () => {
    expect(script.content.toString()).toContain('import(');
    expect(whole.content.toString()).not.toMatch(/\bimport\(|^import /m);
  });

  it('have the places of texts in them, not their keys', () => {
    for (const text of scripts) expect(textKeys.filter((key) => text.includes(`"${key}"`))).toEqual([]);
  });

  it('make no markup of texts, and keep nothing', () => {
    for (const text of scripts)
      expect(text).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|localStorage|sessionStorage|indexedDB|\.cookie|eval\(/,
      );
  });
});
