import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staticFiles } from '../../infra/constructs/static-files.ts';
import {
  campaignAddress,
  cardAddress,
  type EmbedOptions,
  frameCode,
  pinnedCode,
  scriptCode,
  wordpressCode,
} from '../../web/pages/embed-code.ts';
import { aBrowser } from '../support/a-browser.ts';
import { aPublicCampaign, attributesOf, structureOf } from '../support/a-page.ts';

const site = 'https://act.example.org';
const embedded = (options: EmbedOptions = {}, changes: Parameters<typeof aPublicCampaign>[0] = {}) => ({
  site,
  campaign: aPublicCampaign(changes),
  options,
});
const all = {
  lang: 'ar',
  kinds: ['pledge', 'signature'],
  partner: 'other-org',
  source: 'share',
  theme: 'dark',
} as const satisfies Partial<Record<keyof EmbedOptions, unknown>>;
const everything = () => embedded({ ...all, kinds: [...all.kinds] }, { language: 'ar' });

/** The first element of this name, by its attributes. */
function elementOf(code: string, name: string): Record<string, string> {
  return attributesOf(new RegExp(`<${name}\\s[^>]*>`).exec(code)?.[0] ?? '');
}

describe('the lines to copy', () => {
  test('are two elements: the newest widget at its stable address, and where it is to be', () => {
    const code = scriptCode(embedded());
    expect(elementOf(code, 'script')).toEqual({ type: 'module', src: `${site}/widget.js` });
    expect(elementOf(code, 'groundswell-action')).toEqual({
      campaign: 'mental-health-for-all',
      style: expect.stringMatching(/^display:block;min-height:\d+px$/),
    });
  });

  test('tell the widget all that was chosen, in its own words', () => {
    expect(elementOf(scriptCode(everything()), 'groundswell-action')).toMatchObject({
      lang: 'ar',
      kind: 'pledge signature',
      partner: 'other-org',
      source: 'share',
      theme: 'dark',
    });
  });

  test('have the ask in them, in its direction, and the way to the page where the plain form is', () => {
    const code = scriptCode(everything());
    expect(elementOf(code, 'div')).toEqual({ lang: 'ar', dir: 'rtl' });
    for (const said of ['Mental health for all', 'Governments should lead and fund'])
      expect(code).toContain(said);
    expect(elementOf(code, 'a')).toEqual({
      href: `${site}/c/mental-health-for-all?lang=ar&amp;kind=pledge&amp;partner=other-org&amp;source=share`,
    });
    expect(code).toContain('>التعهد بالتمويل</a>');
  });

  test('that pin the widget name it by its content, and the browser takes no other', () => {
    const file = staticFiles.find(({ name }) => name === 'widget-whole.js');
    const hash = createHash('sha384')
      .update(file?.content ?? '')
      .digest('base64');
    const code = pinnedCode(embedded());
    expect(elementOf(code, 'script')).toEqual({
      type: 'module',
      src: `${site}/assets/${file?.servedAs}`,
      integrity: `sha384-${hash}`,
      crossorigin: 'anonymous',
    });
    const [, afterScript] = code.split('</script>');
    expect(scriptCode(embedded())).toContain(afterScript);
  });

  test('for pages without scripts are a frame as wide as there is room, that loads when it is near', () => {
    expect(elementOf(frameCode(everything()), 'iframe')).toEqual({
      src: `${site}/embed/mental-health-for-all?lang=ar&amp;kind=pledge%20signature&amp;partner=other-org&amp;source=share&amp;theme=dark`,
      title: 'Mental health for all',
      width: '100%',
      height: expect.stringMatching(/^\d+$/),
      frameborder: '0',
      loading: 'lazy',
      allow: 'web-share; clipboard-write',
    });
  });

  test('for WordPress are a shortcode', () => {
    expect(wordpressCode(embedded())).toBe(`[groundswell campaign="mental-health-for-all" site="${site}"]`);
    expect(wordpressCode(everything())).toBe(
      `[groundswell campaign="mental-health-for-all" site="${site}" lang="ar" kind="pledge signature" partner="other-org" source="share" theme="dark"]`,
    );
  });

  test('may be but a link, which has a card', () => {
    expect(campaignAddress(embedded())).toBe(`${site}/c/mental-health-for-all`);
    const card = new URL(cardAddress(everything()));
    expect(Object.fromEntries(card.searchParams)).toEqual({
      url: campaignAddress(everything()),
      format: 'json',
    });
  });

  test.each([
    ['script', scriptCode],
    ['pinned', pinnedCode],
    ['iframe', frameCode],
  ])('are given no element and no attribute by a text: %s', (_, toCode) => {
    const told = (text: string) =>
      toCode(
        embedded(
          { ...all, kinds: [...all.kinds], partner: text, source: text },
          { title: text, summary: text, slug: text },
        ),
      );
    const usual = structureOf(told('usual'));
    const characters = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '=',
      ' on',
      'script',
      ']',
      '#',
      ':',
      '\u202e',
    );
    const text = fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: characters, minLength: 1 }));
    fc.assert(
      fc.property(text, (some) => {
        expect(structureOf(told(some))).toEqual(usual);
      }),
    );
  });
});

describe.each([
  ['script', scriptCode],
  ['pinned', pinnedCode],
])('on a page, the %s', (_, toCode) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  });
  afterAll(() => browser?.close());

  test('keeps room for the form while its script is on its way', async () => {
    expect(await roomIn(browser, toCode(embedded()), true)).toBe(960);
  });

  test('is no taller than its ask where no script runs', async () => {
    const room = await roomIn(browser, toCode(embedded()), false);
    expect(room).toBeGreaterThan(40);
    expect(room).toBeLessThan(200);
  });
});

/** Pixels between what stands before the lines on a page and what stands after them. */
async function roomIn(browser: Browser, code: string, javaScriptEnabled: boolean): Promise<number> {
  const page = await browser.newPage({ javaScriptEnabled });
  await page.route(`${site}/**`, (route) => route.abort());
  const content = `<!doctype html><style>p { margin: 0 }</style><hr>${code}<hr>`;
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(content)}`);
  const [before, after] = await Promise.all(
    [page.locator('hr').first(), page.locator('hr').last()].map((line) => line.boundingBox()),
  );
  await page.close();
  const margins = 16 + (before?.height ?? 0);
  return Math.round((after?.y ?? 0) - (before?.y ?? 0) - margins);
}
