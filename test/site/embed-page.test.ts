import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staticFiles } from '../../infra/constructs/static-files.ts';
import { framedPage } from '../../shared/http/http-handler.ts';
import { type EmbedPage, embedPage } from '../../web/pages/embed-page.ts';
import { aBrowser } from '../support/a-browser.ts';
import { aPublicCampaign, fieldsOf, structureOf } from '../support/a-page.ts';

const href = 'https://act.example.org/c/mental-health-for-all?lang=en';
const aFrame = (changes: Partial<EmbedPage> = {}) =>
  embedPage({ campaign: aPublicCampaign(), options: {}, href, ...changes });

describe('the page for a frame', () => {
  test('has nothing around the form: no header, no footer, one heading of the first level', () => {
    const page = aFrame();
    expect(page).not.toMatch(/<header|<footer|<nav/);
    expect(page.match(/<h1\b/g)).toHaveLength(1);
    expect(page).toContain('<html lang="en" dir="ltr">');
    expect(page).toContain('<meta name="robots" content="noindex">');
  });

  test.each(['live', 'closed'] as const)(
    'has its heading also once the widget has taken its place: %s',
    (status) => {
      const [outside] = aFrame({ campaign: aPublicCampaign({ status }) }).split('<groundswell-action');
      expect(outside).toContain('<h1 class="visually-hidden">Mental health for all</h1>');
    },
  );

  test('opens beside itself what cannot be in a frame: the answers of its forms, and its link', () => {
    const page = aFrame();
    for (const [element] of page.matchAll(/<(?:form|a)\b[^>]*>/g))
      expect(element).toContain('target="_blank"');
    expect(page.match(/<form/g)).toHaveLength(2);
    expect(page).toContain(`<a href="${href}"`);
  });

  test('has the plain forms inside the widget, the kind that was asked for alone or first', () => {
    const formsOf = (page: string) =>
      [...page.matchAll(/<section class="card" id="(\w+)"/g)].map(([, kind]) => kind);
    const [, inside = ''] = aFrame().split('<groundswell-action');
    expect(formsOf(inside)).toEqual(['signature', 'pledge']);
    expect(formsOf(aFrame({ options: { kinds: ['pledge'] } }))).toEqual(['pledge']);
    expect(formsOf(aFrame({ options: { kinds: ['pledge', 'signature'] } }))).toEqual(['pledge', 'signature']);
  });

  test('counts for whom its address names, with scripts and without', () => {
    const page = aFrame({ options: { partner: 'other-org', source: 'share' } });
    expect(page).toMatch(/<groundswell-action [^>]*partner="other-org" source="share"/);
    for (const action of ['signatures', 'pledges'])
      expect(fieldsOf(page, `/c/mental-health-for-all/${action}`)).toMatchObject({
        partner: 'other-org',
        source: 'share',
      });
  });

  test.each([
    ['paused', 'This campaign is paused'],
    ['closed', 'This campaign is closed'],
    ['scheduled', 'This campaign has not opened yet'],
  ] as const)('says of a campaign that is %s why there is no form', (status, said) => {
    const page = aFrame({ campaign: aPublicCampaign({ status }) });
    expect(page).toContain(said);
    expect(page).not.toMatch(/<form|<groundswell-action|\/assets\/widget\./);
  });

  test('has nothing that the strict CSP forbids', () => {
    expect(aFrame()).not.toMatch(/\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc="\/assets\/)/);
  });

  test('is given no element and no attribute by a text', () => {
    const told = (text: string) =>
      aFrame({
        campaign: aPublicCampaign({ title: text, summary: text, owner: { slug: 'o', name: text } }),
        options: { partner: text, source: text },
        href: text,
      });
    const usual = structureOf(told('usual'));
    const characters = fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' on', 'script', '{', '\u202e');
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 1 }), (some) => {
        expect(structureOf(told(some))).toEqual(usual);
      }),
      { numRuns: 40 },
    );
  });
});

describe('in the frame of a page of another origin, it', () => {
  const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
  // Closed: what the widget does is proven elsewhere.
  const answer = framedPage(200, aFrame({ campaign: aPublicCampaign({ status: 'closed' }) }));
  const site = createServer(({ url }, response) => {
    const file = staticFiles.find(({ servedAs }) => url === `/assets/${servedAs}`);
    const type = types[file?.name.split('.').at(-1) ?? ''];
    response.writeHead(200, type ? { 'content-type': type } : (answer.headers as Record<string, string>));
    response.end(file?.content ?? answer.body);
  });
  const host = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>0</title><iframe src="${addressOf(site)}/embed/x" width="320"></iframe><script>
onmessage = ({ data, origin }) => {
  if (data.type === 'groundswell:height' && origin === '${addressOf(site)}') document.title = data.height;
};</script>`);
  });
  let browser: Browser;
  beforeAll(async () => {
    for (const server of [site, host])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await aBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of [site, host]) server.close();
  });

  test('tells how tall it is, and again whenever that changes', async () => {
    const page = await browser.newPage();
    await page.goto(addressOf(host));
    await expect.poll(() => told(page)).toBe(await heightIn(page));
    const first = await told(page);
    expect(first).toBeGreaterThan(100);
    const frame = page.frames()[1];
    await frame?.evaluate(() => document.querySelector('main')?.append(document.createElement('progress')));
    await expect.poll(() => told(page)).toBeGreaterThan(first);
    await frame?.evaluate(() => document.querySelector('progress')?.remove());
    await expect.poll(() => told(page)).toBe(first);
  });

  test('is not made taller by a frame that is', async () => {
    const page = await browser.newPage();
    await page.goto(addressOf(host));
    await expect.poll(() => told(page)).toBeGreaterThan(100);
    const first = await told(page);
    await page.locator('iframe').evaluate((frame) => frame.setAttribute('height', '3000'));
    expect(await heightIn(page)).toBe(first);
  });

  test('lets the page show through, and needs no scrolling sideways', async () => {
    const page = await browser.newPage();
    await page.goto(addressOf(host));
    const frame = page.frames()[1];
    await expect
      .poll(() => frame?.evaluate(() => getComputedStyle(document.body).backgroundColor))
      .toBe('rgba(0, 0, 0, 0)');
    expect(await frame?.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  test('by itself says nothing to anybody', async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => addEventListener('message', () => Object.assign(window, { told: true })));
    await page.goto(addressOf(site), { waitUntil: 'networkidle' });
    expect(await page.evaluate(() => 'told' in window)).toBe(false);
  });

  const told = async (page: Page) => Number(await page.title());
  const heightIn = (page: Page) =>
    page.frames()[1]?.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
});

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
