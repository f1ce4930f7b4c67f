import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { type Focused, focusedOn, tabTo } from '../../support/a-keyboard.ts';
import { formShown, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');

describe('by keyboard alone', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('is gone through by keyboard alone, from errors to sharing', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, { timezoneId: 'UTC' });
    await formShown(widgetOf(page), t, 'signature');
    await tabTo(page, { name: t('signature.submit') });
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focusedOn(page)).part).toBe('errors');
    await tabTo(page, { name: t('error.familyName.required') });
    await page.keyboard.press('Enter');
    expect((await focusedOn(page)).field).toBe('familyName');
    await page.keyboard.type('Otieno');
    await page.keyboard.press('Shift+Tab');
    expect((await focusedOn(page)).field).toBe('givenName');
    await page.keyboard.type('Amina');
    await tabTo(page, { field: 'email' });
    await page.keyboard.type('keys@example.org');
    await tabTo(page, { field: 'country' });
    await page.keyboard.type('Kenya');
    await tabTo(page, { field: 'display' });
    await page.keyboard.press('ArrowDown');
    await tabTo(page, { type: 'checkbox' });
    await page.keyboard.press('Space');
    await tabTo(page, { name: t('signature.submit') });
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.keyboard.press('Enter');
    expect((await sent).postDataJSON()).toMatchObject({
      ...{ givenName: 'Amina', familyName: 'Otieno', email: 'keys@example.org', country: 'KE' },
      ...{ display: 'initials', consents: [{ granted: true }, { granted: false }] },
    });
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    await expect.poll(async () => (await focusedOn(page)).name).toBe(t('check.title'));
    await tabTo(page, { name: t('check.share') });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: t('confirmed.share') }).waitFor();
    await tabTo(page, { name: t('confirmed.copy') });
    await tabTo(page, { name: t('check.title') });
    await page.keyboard.press('Enter');
    await tabTo(page, { name: t('check.change') });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: t('signature.submit'), exact: true }).waitFor();
  });

  it('pledges by keyboard alone: arrows choose, and what is chosen appears next', async () => {
    const inKenya = { timezoneId: 'Africa/Nairobi' };
    const page = await openOn(stage, 'plain', { lang: 'en', kind: 'pledge' }, inKenya);
    await formShown(widgetOf(page), t, 'pledge');
    const country = page.getByRole('combobox', { name: t('form.country') });
    await expect.poll(() => country.inputValue()).toBe('KE');
    await tabTo(page, { field: 'currency' });
    await page.keyboard.type('KES');
    await tabTo(page, { field: 'suggested' }, 'Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, { field: 'interval' });
    await page.keyboard.press('ArrowDown');
    await tabTo(page, { field: 'pledger-type' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect((await focusedOn(page)).field).toBe('pledger-name');
    await page.keyboard.type('Lantern Hill Forum');
    await tabTo(page, { field: 'givenName' });
    await page.keyboard.type('Amina');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Otieno');
    await page.keyboard.press('Tab');
    await page.keyboard.type('keys.pledge@example.org');
    await tabTo(page, { type: 'checkbox' });
    await page.keyboard.press('Space');
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.keyboard.press('Enter');
    expect((await sent).postDataJSON()).toMatchObject({
      ...{ amount: 50_000, currency: 'KES', interval: 'monthly', country: 'KE' },
      pledger: { type: 'organisation', name: 'Lantern Hill Forum' },
    });
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
  });

  it.each(['ltr', 'rtl'] as const)(
    'shows where the focus is, and moves it as one reads (%s)',
    async (direction) => {
      const lang = direction === 'rtl' ? 'ar' : 'en';
      const page = await openOn(stage, 'plain', { lang, kind: 'signature pledge' });
      await widgetOf(page).locator('button[type="submit"]').waitFor();
      const stops: Focused[] = [];
      for (;;) {
        await page.keyboard.press('Tab');
        const focused = await focusedOn(page);
        if (!focused.inWidget) break;
        stops.push(focused);
      }
      expect(stops.length).toBeGreaterThan(10);
      for (const stop of stops)
        expect(stop, JSON.stringify(stop)).toMatchObject({ isSeen: true, isMarked: true });
      const places = stops.map(({ place }) => place);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    },
  );
});
