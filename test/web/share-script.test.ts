import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmedPage } from '../../web/pages/confirmed-page.ts';
import { aBrowser } from '../support/a-browser.ts';
import { aPublicTally } from '../support/a-page.ts';
import { aPageServer, type PageServer } from '../support/a-page-server.ts';

const address = 'https://groundswell.example.org/c/mental-health-for-all?lang=en&source=share';
const html = confirmedPage({
  language: 'en',
  campaign: {
    slug: 'mental-health-for-all',
    title: 'Mental health for all',
    kinds: ['signature'],
    sources: ['share-app', 'share-link'],
  },
  kind: 'signature',
  tally: aPublicTally(),
  shareUrl: 'https://groundswell.example.org/c/mental-health-for-all',
  manageUrl: '/manage?token=x',
});

let server: PageServer;
let browser: Browser;
beforeAll(async () => {
  server = await aPageServer(html);
  browser = await aBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.stop();
});

describe('in a browser, once confirmed', () => {
  test('the browser’s own way to share is offered where it has one, with a source of its own', async () => {
    const page = await open({ prepare: giveShare });
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    expect(await page.evaluate(() => (globalThis as { shared?: unknown }).shared)).toEqual({
      title: 'Mental health for all',
      text: 'I support “Mental health for all”. Will you join me?',
      url: `${address}-app`,
    });
  });

  test('it is not offered where the browser has none', async () => {
    const page = await open({ prepare: takeShare });
    expect(await page.getByRole('button', { name: 'Share', exact: true }).isVisible()).toBe(false);
  });

  test('the link is copied, and that is said', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await expect.poll(() => page.locator('[data-share-news]').textContent()).toBe('The link is copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${address}-link`);
  });

  test('where copying is refused, the link is selected to be copied by hand', async () => {
    const page = await open({ prepare: refuseToCopy });
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe(`${address}-link`);
    expect(await page.locator('[data-share-news]').textContent()).toBe('');
  });

  test('without scripts no button is seen that does nothing', async () => {
    const page = await open({ scripts: false });
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByLabel('Link to copy').inputValue()).toBe(`${address}-link`);
  });

  test.each([320, 1_280])('the page needs no scrolling sideways at %i pixels', async (width) => {
    const page = await open({});
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});

interface Opening {
  scripts?: boolean;
  permissions?: string[];
  /** Run in the page before its own scripts. */
  prepare?: () => void;
}

async function open({ scripts = true, permissions = [], prepare }: Opening): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: scripts, permissions });
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  await page.goto(server.url);
  return page;
}

function giveShare(): void {
  Object.assign(navigator, {
    share: async (shared: unknown) => {
      Object.assign(globalThis, { shared });
    },
  });
}

function takeShare(): void {
  Object.assign(navigator, { share: undefined });
}

function refuseToCopy(): void {
  Object.assign(navigator.clipboard, {
    writeText: async () => {
      throw new DOMException('Not allowed', 'NotAllowedError');
    },
  });
}
