import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gzippedSum, type Load, recordLoads, sendTheForm } from '../../../bench/widget-loads.ts';
import { comeUp } from '../../../bench/widget-speed.ts';
import { languages } from '../../../shared/kernel/language.ts';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, fillVow, submit } from '../../support/a-form.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { byTurns } from '../../support/by-turns.ts';

/** Bytes, gzipped: the design's 10 kB. */
const bound = 10_000;
const t = pageText('en');

describe('on a page of somebody else, the widget', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it.each(['signature pledge', 'signature'])(
    'weighs at most 10 kB with all that a page loads to show, check and send the form (%s)',
    async (kind) => {
      const page = await serve({ lang: 'en', kind });
      const send = (tab: Page) => sendTheForm(tab, 'en', 'signature');
      const loads = await recordLoads(stage.browser, page, stage.url, send);
      print(kind, loads);
      expect(namesOf(loads)).toEqual(['mental-health-for-all', 'tally', 'widget.js']);
      expect(loads.find(({ path }) => path === '/widget.js')?.gzipped).toBeLessThanOrEqual(bound);
      expect(gzippedSum(loads)).toBeLessThanOrEqual(bound);
    },
  );

  it('loads once what only pledges need, and what comes after sending', async () => {
    const page = await serve({ lang: 'en', kind: 'pledge' });
    const pledge = async (tab: Page) => {
      await fillVow(tab, t, { support: true });
      await fillPerson(tab, t, aPerson({ email: 'weight@example.org' }));
      await submit(tab, t, 'pledge');
      await tab.getByRole('button', { name: t('check.share') }).waitFor();
    };
    const loads = await recordLoads(stage.browser, page, stage.url, pledge, { allThatFollows: true });
    print('pledge, and what follows', loads);
    expect(new Set(namesOf(loads)).size).toBe(loads.length);
  });

  it('loads one more file for another language, and nothing else', async () => {
    const english = await pathsIn('en');
    const others = languages.filter((each) => each !== 'en');
    const rows = await byTurns(
      others,
      async (language) => {
        const loads = await recordLoads(stage.browser, await serve({ lang: language }), stage.url);
        const texts = loads.filter(({ path }) => !english.includes(path));
        expect(texts.map(({ path }) => path)).toEqual([
          expect.stringMatching(new RegExp(`^/assets/.*${language}.*\\.json$`)),
        ]);
        return { language, texts: gzippedSum(texts), 'all of it': gzippedSum(loads) };
      },
      3,
    );
    console.table(rows);
  });

  it.each([
    ['a phone', { width: 360, height: 1_800 }],
    ['a laptop', { width: 1_280, height: 1_400 }],
  ])('moves nothing as it comes up on %s four times slower than this machine', async (name, screen) => {
    for (const lang of ['en', 'ar']) {
      const up = await comeUp(stage.browser, await serve({ lang }), screen);
      const { interactive, longestTask, shift } = up;
      console.log(
        `${name}, ${lang}: form usable after ${Math.round(interactive)} ms, longest task ${Math.round(longestTask)} ms, layout shift ${shift.toFixed(4)}`,
      );
      expect(shift).toBeLessThan(0.1);
    }
  });

  function print(what: string, loads: Load[]): void {
    console.table(loads.map(({ path, ...sizes }) => ({ loaded: path, ...sizes })));
    console.log(`${what}: ${gzippedSum(loads)} bytes, gzipped; the bound of the form is ${bound}`);
  }

  function namesOf(loads: Load[]): string[] {
    return loads.map(({ path }) => path.split('/').pop() ?? '').sort();
  }

  async function pathsIn(lang: string): Promise<string[]> {
    const loads: Load[] = await recordLoads(stage.browser, await serve({ lang }), stage.url);
    return loads.map(({ path }) => path);
  }

  async function serve(query: { lang: string; kind?: string }): Promise<string> {
    const { script } = await stage.embedCode(query);
    return stage.host.serve({ body: script, language: query.lang });
  }
});
