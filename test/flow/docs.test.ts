import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser } from '../support/a-browser.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { axeFindings } from '../support/an-axe-check.ts';

describe('the page that describes the API', () => {
  let stack: RunningStack;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([aStack(), aBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  /** The page, what it asked for, and what its policy or its scripts complained about. */
  const open = async (options: Parameters<Browser['newPage']>[0] = {}) => {
    const page = await browser.newPage(options);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(`${stack.url}/docs`, { waitUntil: 'networkidle' });
    return { page, asked, complaints };
  };

  it('finds an operation, tries its example out, and asks nobody but this site', async () => {
    const { page, asked, complaints } = await open();
    await page.getByRole('heading', { level: 1, name: 'Groundswell' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sign a petition');
    await page.getByRole('dialog').getByText('Sign a petition').click();
    await page.getByRole('button', { name: 'post /v1/campaigns/{slug}/signatures' }).click();
    const answered = page.waitForResponse(/signatures$/);
    await page.getByRole('button', { name: /^Send/ }).first().click();
    expect((await answered).status()).toBe(202);
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => new URL(url).origin !== stack.url)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    [1_280, 'light'],
    [1_280, 'dark'],
    [320, 'light'],
  ] as const)('has nothing that axe finds wrong, %i px wide, %s, and fits', async (width, colorScheme) => {
    const { page } = await open({ viewport: { width, height: 900 }, colorScheme });
    await page.getByRole('heading', { level: 1, name: 'Groundswell' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const heading = await boxOf(page.getByText('Authentication', { exact: true }));
    const chosen = await boxOf(page.getByRole('button', { name: /Auth Type/ }));
    expect(overlaps(heading, chosen)).toBe(false);
    await page.close();
  });

  it('leads to the description itself where no scripts run', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    const answer = await fetch(new URL((await page.getByRole('link').getAttribute('href')) ?? '', stack.url));
    expect(Object.keys((await answer.json()).paths).length).toBeGreaterThan(40);
    await page.close();
  });
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(part: Locator): Promise<Box> {
  return (await part.first().boundingBox()) ?? expect.fail('It is not shown.');
}

function overlaps(one: Box, other: Box): boolean {
  const apart = (start: 'x' | 'y', size: 'width' | 'height') =>
    one[start] + one[size] <= other[start] || other[start] + other[size] <= one[start];
  return !apart('x', 'width') && !apart('y', 'height');
}
