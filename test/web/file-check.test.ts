import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letterProofPage } from '../../web/pages/letter-proof-page.ts';
import { aBrowser } from '../support/a-browser.ts';
import { aLetterProof } from '../support/a-letter-proof.ts';
import { aPageServer, type PageServer } from '../support/a-page-server.ts';

const pdf = Buffer.from('%PDF-1.7 a letter');
const proof = aLetterProof({
  pdf: { sha256: createHash('sha256').update(pdf).digest('hex'), bytes: pdf.length },
});

let server: PageServer;
let browser: Browser;
beforeAll(async () => {
  server = await aPageServer(letterProofPage(proof));
  browser = await aBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.stop();
});

describe('in a browser, the file of a letter', () => {
  test.each([
    ['is found to be the same', pdf, 'This is the same file: nothing in it was changed.'],
    [
      'is found to be another when one byte differs',
      Buffer.from('%PDF-1.7 a lettex'),
      'This is not the same file.',
    ],
    ['is found to be another when it is empty', Buffer.alloc(0), 'This is not the same file.'],
  ])('%s, and nothing of it is sent', async (_, buffer, said) => {
    const page = await open(true);
    server.asked.length = 0;
    const chooser = page.getByLabel('Or choose the file here');
    await chooser.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer });
    await expect.poll(() => page.getByRole('status').textContent()).toBe(said);
    expect(server.asked).toEqual([]);
  });

  test('can be taken back', async () => {
    const page = await open(true);
    const chooser = page.getByLabel('Or choose the file here');
    await chooser.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: pdf });
    await expect.poll(() => page.getByRole('status').textContent()).not.toBe('');
    await chooser.setInputFiles([]);
    await expect.poll(() => page.getByRole('status').textContent()).toBe('');
  });

  test('is not asked for where no script runs: the commands are there', async () => {
    const page = await open(false);
    expect(await page.locator('#file').isVisible()).toBe(false);
    expect(await page.getByText('sha256sum MHFA-2026-7K3QX2AB.pdf').isVisible()).toBe(true);
  });

  test('is not asked for where the page did not come by a secure way', async () => {
    const page = await open(true, 'letters.example');
    expect(await page.evaluate(() => globalThis.isSecureContext)).toBe(false);
    expect(await page.locator('#file').isVisible()).toBe(false);
  });

  test.each([
    [1_280, 'en'],
    [320, 'en'],
  ])('stands on a page that needs no scrolling sideways at %i pixels', async (width) => {
    const page = await open(true);
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});

async function open(scripts: boolean, host?: string): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: scripts });
  const page = await context.newPage();
  if (host)
    await page.route(`http://${host}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const response = await fetch(`${server.url}${pathname}`);
      await route.fulfill({
        status: 200,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    });
  await page.goto(host ? `http://${host}/` : `${server.url}/`);
  return page;
}
