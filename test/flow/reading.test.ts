import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PublicCount } from '../../functions/tallies/public-count.ts';
import { TallyHistory } from '../../functions/tallies/tally-history.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { ActionKind, isWidgetKind } from '../../shared/kernel/action-kind.ts';
import { languages } from '../../shared/kernel/language.ts';
import { tallyBadge } from '../../web/pages/tally-badge.ts';
import { aBrowser } from '../support/a-browser.ts';
import { aPledge, aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor } from '../support/a-visitor.ts';

const slug = 'mental-health-for-all';
const api = `/v1/campaigns/${slug}`;

describe('whoever doubts the number', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  let browser: Browser;
  beforeAll(async () => {
    stack = await aStack();
    visitor = aVisitor(stack.url);
    browser = await aBrowser();
    await takePart();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('reads by the hour and the day how it came about', async () => {
    for (const by of ['hour', 'day']) {
      const answer = await visitor.get(`${api}/tally/history?by=${by}`);
      const { points } = TallyHistory.parse(await answer.json());
      expect(points.at(-1)).toMatchObject({ signatures: { total: 2 }, pledges: { total: 1 } });
    }
    expect((await visitor.get(`${api}/tally/history?by=week`)).status).toBe(422);
  });

  it('reads what was confirmed, withdrawn and erased, which adds up', async () => {
    const count = PublicCount.parse(await (await visitor.get(`${api}/count?lang=es`)).json());
    expect(count).toMatchObject({
      ...{ language: 'es', check: 'equal', tally: { signatures: 2, pledges: 1 } },
      sum: {
        signatures: { confirmed: 4, withdrawn: 1, erased: 1, net: 2 },
        pledges: { confirmed: 1, net: 1 },
      },
    });
    const answer = await visitor.get(`${api}/count`, { headers: { accept: 'text/csv' } });
    const [header, ...rows] = (await answer.text()).trimEnd().split('\r\n');
    expect(header).toBe('day,kind,way,reason,count,change');
    expect(rows.reduce((sum, row) => sum + Number(row.split(',')[5]), 0)).toBe(3);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${slug}-count.csv"`);
  });

  it.each(['/tally', '/tally.svg', '/tally/history', '/count'])(
    'is told at %s when nothing has changed, from any page, and for how long that may be kept',
    async (path) => {
      const { headers } = await visitor.get(api + path, { headers: { origin: 'https://news.example' } });
      expect(headers.get('cache-control')).toMatch(/^public, s-maxage=(2|60), .*stale-if-error=600$/);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      const known = { 'if-none-match': headers.get('etag') ?? '' };
      expect((await visitor.get(api + path, { headers: known })).status).toBe(304);
    },
  );

  it('reads a campaign with whom it is addressed to, or without', async () => {
    const { targets, moment, topics, ...ask } = await (await visitor.get(`${api}?lang=fr`)).json();
    expect(targets.length).toBeGreaterThanOrEqual(8);
    expect(moment).toMatchObject({ name: 'Journée mondiale de la santé mentale', on: '10-10' });
    expect(topics).toContain('anti-stigma');
    expect(await (await visitor.get(`${api}?lang=fr&targets=none`)).json()).toEqual(ask);
  });

  it('finds nothing of a campaign that there is not', async () => {
    for (const path of ['/tally.svg', '/tally/history', '/count']) {
      const answer = await visitor.get(`/v1/campaigns/unknown${path}`);
      expect(ProblemDocument.parse(await answer.json())).toMatchObject({ status: 404 });
    }
    const page = await visitor.get('/c/unknown/count');
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  it('sees the count as a picture on a page of somebody else', async () => {
    const page = await newPage();
    await page.setContent(`<img src="${stack.url}${api}/tally.svg">`);
    const image = page.getByRole('img');
    await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(100);
    await page.goto(`${stack.url}${api}/tally.svg`);
    expect(await page.locator('text').allTextContents()).toEqual(['Signatures', '2']);
  });

  it.each(languages)('sees all of the picture, whatever the number (%s)', async (language) => {
    const counts = [0, 9, 88, 1_234, 88_888, 123_456, 8_888_888, 88_888_888, 999_999_999];
    const badges = counts.flatMap((count) =>
      ActionKind.options
        .filter(isWidgetKind)
        .map((kind) => tallyBadge({ language, title: 'T', kind, count })),
    );
    const page = await newPage();
    await page.setContent(badges.join(''));
    for (const room of await page.evaluate(roomAround)) expect(room).toBeGreaterThanOrEqual(5);
  });

  it.each(['en', 'ar'])('reads the rule and the days on a phone, without scripts (%s)', async (language) => {
    const page = await newPage({
      locale: language,
      javaScriptEnabled: false,
      viewport: { width: 360, height: 800 },
    });
    await page.goto(`${stack.url}/c/${slug}`);
    await page.locator(`a[href="/c/${slug}/count?lang=${language}"]`).click();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.locator('#signatures').count()).toBe(1);
    const lastRow = page.locator('tfoot').first().locator('tr').last();
    expect(await lastRow.getByRole('cell').textContent()).toBe('2');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it('reads the page in the language of the browser, unless another is asked for', async () => {
    const read = async (query: string) => {
      const headers = { 'accept-language': 'fr-CA,en;q=0.5' };
      const answer = await visitor.get(`/c/${slug}/count${query}`, { headers });
      expect(answer.headers.get('vary')).toMatch(/accept-language/i);
      return /<html lang="(\w+)"/.exec(await answer.text())?.[1];
    };
    expect([await read(''), await read('?lang=es')]).toEqual(['fr', 'es']);
  });

  /** Two people sign and stay, one withdraws, one has herself erased, one pledges. */
  async function takePart(): Promise<void> {
    const emails = ['amina', 'kofi', 'gone', 'erased'].map((name) => `${name}@example.org`);
    await Promise.all(emails.map((email) => visitor.sign(aSignature({ email }))));
    const tokens: (string | null)[] = [];
    for (const email of emails) {
      const { manageUrl } = await (await visitor.confirm(email)).json();
      tokens.push(new URL(manageUrl).searchParams.get('token'));
    }
    await visitor.post('/v1/withdrawals', { token: tokens[2] });
    await visitor.post('/v1/erasures', { token: tokens[3] });
    await visitor.pledge(aPledge({ email: 'giver@example.org' }));
    await visitor.confirm('giver@example.org');
    await stack.host.quiet();
  }

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    return context.newPage();
  }
});

/** The least room (CSS pixels) at the sides of the texts of each picture, to the next thing or the edge. */
function roomAround(): number[] {
  const box = (element: Element | undefined) => (element as Element).getBoundingClientRect();
  return [...document.querySelectorAll('svg')].map((svg) => {
    const [label, figure] = [...svg.querySelectorAll('text')].map(box) as [DOMRect, DOMRect];
    const [whole, plate] = [...svg.querySelectorAll('rect')].map(box) as [DOMRect, DOMRect];
    const wave = box(svg.querySelector('path') ?? undefined);
    const between = (one: DOMRect, other: DOMRect) =>
      Math.max(other.left - one.right, one.left - other.right);
    return Math.min(
      ...[figure.left - plate.left, plate.right - figure.right],
      ...[between(label, plate), between(label, wave)],
      ...[label.left - whole.left, whole.right - label.right],
    );
  });
}
