import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { focusedOn, tabTo } from '../../support/a-keyboard.ts';
import { formShown, goTo, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');

describe('for readers with settings of their own', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it.each([
    ['zoomed to 400 %', { viewport: { width: 320, height: 256 } }],
    ['on a narrow screen', { viewport: { width: 320, height: 640 } }],
  ])('needs no scrolling to the side %s, at any step', async (_, options) => {
    for (const lang of ['en', 'ar', 'de', 'ru'] as const) {
      const text = pageText(lang);
      const page = await openOn(stage, 'plain', { lang, kind: 'signature pledge' }, options);
      await formShown(widgetOf(page), text, 'signature');
      await expectInside(page);
      await goTo(widgetOf(page), 'pledge');
      await page.getByRole('radio', { name: text('form.pledgerType.organisation') }).check();
      await expectInside(page);
      await submit(page, text, 'pledge');
      await widgetOf(page).locator('[part~="errors"]').waitFor();
      await expectInside(page);
      await goTo(widgetOf(page), 'share');
      await page.getByRole('heading', { name: text('confirmed.share') }).waitFor();
      await expectInside(page);
    }
  });

  it('loses nothing when readers set their own spacing of text (WCAG 1.4.12)', async () => {
    for (const lang of ['en', 'ar', 'ru'] as const) {
      const text = pageText(lang);
      const page = await openOn(stage, '320 px', { lang, kind: 'signature pledge' });
      await formShown(widgetOf(page), text, 'signature');
      await widgetOf(page).evaluate(({ shadowRoot }) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }',
        );
        shadowRoot?.adoptedStyleSheets.push(sheet);
      });
      await expectInside(page);
      await goTo(widgetOf(page), 'pledge');
      await formShown(widgetOf(page), text, 'pledge');
      await expectInside(page);
      await goTo(widgetOf(page), 'share');
      await page.getByRole('heading', { name: text('confirmed.share') }).waitFor();
      await expectInside(page);
    }
  });

  it('keeps its outlines where the system has colours of its own', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, { forcedColors: 'active' });
    await formShown(widgetOf(page), t, 'signature');
    expect(await widgetOf(page).evaluate(withoutOutline)).toEqual([]);
    await tabTo(page, { field: 'givenName' });
    expect((await focusedOn(page)).isMarked).toBe(true);
    await goTo(widgetOf(page), 'pledge');
    await formShown(widgetOf(page), t, 'pledge');
    expect(await widgetOf(page).evaluate(withoutOutline)).toEqual([]);
    await goTo(widgetOf(page), 'share');
    await page.getByRole('heading', { name: t('confirmed.share') }).waitFor();
    expect(await widgetOf(page).evaluate(withoutOutline)).toEqual([]);
  });

  it('moves nothing for readers who asked for less motion', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, { reducedMotion: 'reduce' });
    await fillPerson(page, t, aPerson({ email: 'still@example.org' }));
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    const moving = await widgetOf(page).evaluate((element) => {
      const all = [element, ...(element.shadowRoot?.querySelectorAll('*') ?? [])];
      const lasting = all.filter((each) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(each);
        return (
          Number.parseFloat(transitionDuration) > 0.01 ||
          (animationName !== 'none' && Number.parseFloat(animationDuration) > 0.01)
        );
      });
      return [...lasting.map(({ outerHTML }) => outerHTML), ...document.getAnimations().map(String)];
    });
    expect(moving).toEqual([]);
  });
});

/** Controls of the widget around which there is no line; links within texts need none. */
function withoutOutline({ shadowRoot }: Element): string[] {
  const controls = [...(shadowRoot?.querySelectorAll<HTMLElement>('input,select,button,a[part]') ?? [])];
  return controls
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !element.matches('[part~="link"]'))
    .filter((element) => {
      const { borderTopWidth, borderTopStyle, appearance } = getComputedStyle(element);
      const isNative = element.matches('[type="radio"],[type="checkbox"]') && appearance !== 'none';
      return !isNative && (borderTopStyle === 'none' || Number.parseFloat(borderTopWidth) < 1);
    })
    .map(({ outerHTML }) => outerHTML);
}

/** Neither the page scrolls to the side, nor is anything of the widget cut off or outside of it. */
async function expectInside(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const outside = await widgetOf(page).evaluate(({ shadowRoot }) =>
    [...(shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])]
      .filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true }) && !element.matches('option, optgroup'),
      )
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const { overflowX, display } = getComputedStyle(element);
        const isCut =
          overflowX !== 'visible' &&
          display !== 'inline' &&
          !element.matches('input,select') &&
          element.scrollWidth > element.clientWidth + 1;
        return left < -1 || right > innerWidth + 1 || isCut;
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 200)),
  );
  expect(outside).toEqual([]);
}
