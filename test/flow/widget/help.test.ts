import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');

/** Milliseconds after which a country is no more proposed: that it is not cannot be waited for. */
const longEnough = 1_500;

describe('how the form helps', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it.each([
    ['Africa/Nairobi', 'KE', 'de-DE'],
    ['America/Argentina/Ushuaia', 'AR', 'en-US'],
    ['Asia/Kolkata', 'IN', 'en-GB'],
    ['UTC', '', 'fr-FR'],
  ])('proposes the country of the time zone %s: "%s"', async (timezoneId, country, locale) => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, { timezoneId, locale });
    expect(await countryOf(page, country)).toBe(country);
  });

  it.each([
    ['Africa/Nairobi', 'KE'],
    ['Etc/GMT+5', ''],
  ])('asks a file for it where the browser does not know: %s', async (timezoneId, country) => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, { timezoneId, prepare: forgetTimeZones });
    expect(await countryOf(page, country)).toBe(country);
  });

  it('does not change a country that was chosen', async () => {
    const page = await stage.open({ timezoneId: 'Africa/Nairobi', prepare: forgetTimeZones });
    await page.route(/time-zones/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    const { script } = await stage.embedCode({ lang: 'en' });
    await page.goto(stage.host.serve({ body: script }));
    const loaded = page.waitForResponse(/time-zones/);
    await page.getByRole('combobox', { name: t('form.country') }).selectOption('FR');
    await loaded;
    await page.waitForTimeout(longEnough);
    expect(await page.getByRole('combobox', { name: t('form.country') }).inputValue()).toBe('FR');
  });

  it('asks whether another address was meant, and leaves that to the reader', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    const email = page.getByRole('textbox', { name: t('form.email') });
    await fillPerson(page, t, aPerson());
    await email.fill('amina@gmial.com');
    await email.press('Tab');
    await page.getByText(t('form.typo', { email: 'amina@gmail.com' })).waitFor();
    await page.getByRole('button', { name: t('form.typo.use') }).click();
    expect(await email.inputValue()).toBe('amina@gmail.com');
    expect(await page.getByText(t('form.typo', { email: 'amina@gmail.com' })).count()).toBe(0);
    await email.fill('amina@hotmial.com');
    await email.press('Tab');
    await page.getByRole('button', { name: t('form.typo.use') }).waitFor();
    const request = page.waitForRequest((each) => each.method() === 'POST');
    await submit(page, t, 'signature');
    expect((await request).postDataJSON().email).toBe('amina@hotmial.com');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
  });

  it('does not move away what is pressed next when it asks that', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    const consent = page.getByRole('checkbox').first();
    await page.getByRole('textbox', { name: t('form.email') }).fill('amina@gmial.com');
    await consent.scrollIntoViewIfNeeded();
    const box = await consent.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2, {
      delay: 100,
    });
    expect(await consent.isChecked()).toBe(true);
    await page.getByRole('button', { name: t('form.typo.use') }).waitFor();
  });
});

async function countryOf(page: Page, expected: string): Promise<string> {
  const select = page.getByRole('combobox', { name: t('form.country') });
  await select.waitFor();
  if (expected === '') await page.waitForTimeout(longEnough);
  else await expect.poll(() => select.inputValue()).toBe(expected);
  return select.inputValue();
}

/** As in browsers that know no time zones of regions. */
function forgetTimeZones(): void {
  const prototype = Intl.Locale.prototype as { getTimeZones?: unknown; timeZones?: unknown };
  delete prototype.getTimeZones;
  delete prototype.timeZones;
}
