import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { formShown, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';

const t = pageText('en');

describe('the count in the widget', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('reads the count again only while it is seen', async () => {
    const page = await stage.open();
    await page.clock.install();
    let reads = 0;
    page.on('request', (request) => {
      if (/\/tally$/.test(request.url())) reads += 1;
    });
    const { script } = await stage.embedCode({ lang: 'en' });
    await page.goto(stage.host.serve({ body: `${script}<div style="height:5000px"></div>` }));
    await formShown(widgetOf(page), t, 'signature');
    await page.waitForTimeout(300);
    const first = reads;
    expect(first).toBe(1);
    await page.clock.runFor(120_000);
    await expect.poll(() => reads).toBeGreaterThan(first);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    expect(await readsWithin(120_000)).toBe(0);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => readsWithin(120_000)).toBeGreaterThan(0);
    await setVisible(page, false);
    expect(await readsWithin(120_000)).toBe(0);
    await setVisible(page, true);
    await expect.poll(() => readsWithin(120_000)).toBeGreaterThan(0);
    await page.addStyleTag({ content: 'groundswell-action::part(tally) { display: none }' });
    await page.waitForTimeout(200);
    expect(await readsWithin(120_000)).toBe(0);

    /** Reads in so much time of the page's clock. */
    async function readsWithin(milliseconds: number): Promise<number> {
      await page.waitForTimeout(200);
      const before = reads;
      await page.clock.runFor(milliseconds);
      await page.waitForTimeout(200);
      return reads - before;
    }
  });

  it('shows what was counted, as it was counted', async () => {
    const { signatures } = await stage.visitor.tally();
    const page = await stage.open();
    const { script } = await stage.embedCode({ lang: 'en' });
    const tally = await stage.visitor.tally();
    await page.route('**/tally', (route) =>
      route.fulfill({
        json: {
          ...tally,
          asOf: '2026-11-20T10:31:00Z',
          signatures: { ...signatures, total: 1_234 },
          goals: { next: 10_000, reached: [10, 100, 1_000] },
        },
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
    await page.goto(stage.host.serve({ body: script }));
    await page.getByText('1,234').first().waitFor();
    await page.getByText(t('tally.goal', { goal: '10,000' })).waitFor();
    const progress = page.locator('groundswell-action [part~="progress"]');
    expect(await progress.count()).toBe(1);
  });
});

function setVisible(page: Page, visible: boolean): Promise<void> {
  return page.evaluate(
    (visibilityState) => {
      Object.defineProperties(document, {
        visibilityState: { configurable: true, get: () => visibilityState },
        hidden: { configurable: true, get: () => visibilityState === 'hidden' },
      });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    visible ? 'visible' : 'hidden',
  );
}
