import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { answerWith, aProblem, failing, signaturesAddress } from '../../support/a-failing-api.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { countPosts, formShown, goTo, type WidgetElement, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');

describe('the link', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it.each([
    [429, '40', 60],
    [503, '90', 90],
  ])('is not sent sooner because sending it again was refused (%i, %s)', async (status, retryAfter, wait) => {
    const page = await aSentForm(`refused${status}@example.org`);
    await page.route(signaturesAddress, answerWith(status, aProblem(status, 'try-again-later'), retryAfter));
    await page.clock.runFor(61_000);
    const posts = countPosts(page);
    await press(page, 1);
    const said = status === 429 ? t('failure.busy', { seconds: wait }) : t('outcome.try-again-later.text');
    await widgetOf(page).getByText(said).waitFor();
    await press(page, 3);
    await page.clock.runFor((wait - 5) * 1_000);
    await press(page, 3);
    expect(posts()).toBe(1);
    await page.clock.runFor(6_000);
    await page.unroute(signaturesAddress);
    await press(page, 2);
    await widgetOf(page).getByText(t('check.sentAgain')).waitFor();
    expect(posts()).toBe(2);
  });

  it('is sent as soon as the device is back, where it was offline', async () => {
    const page = await aSentForm('away@example.org');
    await page.clock.runFor(61_000);
    await page.context().setOffline(true);
    await press(page, 1);
    await widgetOf(page).getByText(t('failure.offline')).waitFor();
    await page.context().setOffline(false);
    await press(page, 1);
    await widgetOf(page).getByText(t('check.sentAgain')).waitFor();
  });

  it('is sent once a minute, however one goes back and forth', async () => {
    const page = await aSentForm('forth@example.org');
    await page.clock.runFor(40_000);
    await backAndForth(page);
    await page.clock.runFor(15_000);
    expect(await isOffered(page)).toBe(false);
    await page.clock.runFor(6_000);
    await expect.poll(() => isOffered(page)).toBe(true);
    await press(page, 1);
    await widgetOf(page).getByText(t('check.sentAgain')).waitFor();
    await page.clock.runFor(30_000);
    await backAndForth(page);
    expect(await isOffered(page)).toBe(false);
    await page.clock.runFor(31_000);
    await expect.poll(() => isOffered(page)).toBe(true);
  });

  it('is sent a minute after the same was sent by the form', async () => {
    const page = await aSentForm('same@example.org');
    await page.clock.runFor(50_000);
    await page.getByRole('button', { name: t('check.change') }).click();
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    const posts = countPosts(page);
    await page.clock.runFor(20_000);
    await press(page, 2);
    expect(posts()).toBe(0);
  });

  it('has one countdown, also after the element was put back', async () => {
    const page = await aSentForm('moved@example.org');
    await widgetOf(page).evaluate((element) => {
      for (let at = 0; at < 5; at++) document.body.append(element);
      const ticks: MutationRecord[] = [];
      new MutationObserver((records) => ticks.push(...records)).observe(
        element.shadowRoot?.getElementById('wait') as HTMLElement,
        { childList: true },
      );
      Object.assign(window, { ticks });
    });
    await page.clock.runFor(10_000);
    const ticks = await page.evaluate(() => (window as unknown as { ticks: unknown[] }).ticks.length);
    expect(ticks).toBe(10);
  });

  /** The page's clock is the test's. */
  async function aSentForm(email: string): Promise<Page> {
    const page = await stage.open(failing);
    await page.clock.install();
    const { script } = await stage.embedCode({ lang: 'en' });
    await page.goto(stage.host.serve({ body: script }));
    await fillPerson(page, t, aPerson({ email }));
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    return page;
  }
});

describe('what is chosen', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('is kept as an own amount in another currency', async () => {
    const page = await openPledge();
    await ownAmount(page).check();
    await amount(page).fill('33');
    for (const currency of ['USD', 'CHF', 'GBP', 'USD']) await choose(page, currency);
    expect(await ownAmount(page).isChecked()).toBe(true);
    expect(await sentFor(page, 'own@example.org')).toMatchObject({ amount: 3_300, currency: 'USD' });
  });

  it('is an own amount again after another choice', async () => {
    const page = await openPledge();
    await ownAmount(page).check();
    await amount(page).fill('33.50');
    await page.locator('[name="suggested"][value="2500"]').check();
    await ownAmount(page).check();
    await page.getByRole('radio', { name: t('form.type.support') }).check();
    await page.getByRole('radio', { name: t('form.type.money') }).check();
    expect(await isValid(page)).toBe(true);
    expect(await sentFor(page, 'back@example.org')).toMatchObject({ amount: 3_350, currency: 'EUR' });
  });

  it('is the amount that the page fills in, among those that are suggested or as an own one', async () => {
    const page = await openPledge();
    const prefill = (values: object) =>
      widgetOf(page).evaluate((element, given) => (element as WidgetElement).prefill({ ...given }), values);
    await prefill({ amount: 2_500 });
    expect(await page.locator('[name="suggested"][value="2500"]').isChecked()).toBe(true);
    await prefill({ amount: 1_234, currency: 'USD' });
    expect(await ownAmount(page).isChecked()).toBe(true);
    expect(await amount(page).inputValue()).toBe('12.34');
    expect(await isValid(page)).toBe(true);
    expect(await sentFor(page, 'filled@example.org')).toMatchObject({ amount: 1_234, currency: 'USD' });
  });

  it('is a support still when one has looked at the other form', async () => {
    const page = await openPledge();
    await page.getByRole('radio', { name: t('form.type.support') }).check();
    await page.getByRole('radio', { name: t('signature.title') }).check();
    await formShown(widgetOf(page), t, 'signature');
    await page.getByRole('radio', { name: t('pledge.title') }).check();
    await formShown(widgetOf(page), t, 'pledge');
    expect(await page.getByRole('combobox', { name: t('form.currency') }).count()).toBe(0);
    expect(await sentFor(page, 'support@example.org')).toMatchObject({ type: 'support' });
  });

  it('is the proposed domain, with the capitals before it as they were typed', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    await fillPerson(page, t, aPerson({ email: 'Amina.O@GMIAL.com' }));
    await page.getByRole('button', { name: t('form.typo.use') }).click();
    const email = page.getByRole('textbox', { name: t('form.email') });
    expect(await email.inputValue()).toBe('Amina.O@gmail.com');
  });

  it('is a link to copy where the browser refuses to share', async () => {
    const page = await openShare('NotAllowedError');
    await page.getByRole('button', { name: t('confirmed.native'), exact: true }).click();
    await page.getByText(t('confirmed.copied')).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('source=share-link');
  });

  it('is nothing where the reader closes the list of apps', async () => {
    const page = await openShare('AbortError');
    await page.getByRole('button', { name: t('confirmed.native'), exact: true }).click();
    expect(await page.getByText(t('confirmed.copied')).count()).toBe(0);
  });

  it('is said again when the link is copied again', async () => {
    const page = await openShare('AbortError');
    const copy = page.getByRole('button', { name: t('confirmed.copy') });
    await copy.click();
    await page.getByText(t('confirmed.copied')).waitFor();
    const texts = await page.getByText(t('confirmed.copied')).evaluateHandle((news) => {
      const seen: string[] = [];
      new MutationObserver(() => seen.push(news.textContent ?? '')).observe(news, { childList: true });
      return seen;
    });
    await copy.click();
    await expect.poll(() => texts.jsonValue()).toEqual(['', t('confirmed.copied')]);
  });

  async function openPledge(): Promise<Page> {
    const page = await openOn(stage, 'plain', { lang: 'en', kind: 'pledge signature' });
    await formShown(widgetOf(page), t, 'pledge');
    await choose(page, 'EUR');
    return page;
  }

  /** Where sharing fails by an error of that name. */
  async function openShare(name: string): Promise<Page> {
    const page = await stage.open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript((given) => {
      Object.assign(navigator, { share: () => Promise.reject(new DOMException('Refused', given)) });
    }, name);
    const { script } = await stage.embedCode({ lang: 'en' });
    await page.goto(stage.host.serve({ body: script }));
    await formShown(widgetOf(page), t, 'signature');
    await goTo(widgetOf(page), 'share');
    return page;
  }
});

const ownAmount = (page: Page) => page.getByRole('radio', { name: t('form.amount.own') });
const amount = (page: Page) => page.getByRole('textbox', { name: t('form.amount'), exact: true });
const isValid = (page: Page) => amount(page).evaluate((input) => (input as HTMLInputElement).validity.valid);
const again = (page: Page) => page.getByRole('button', { name: t('check.again') });
const isOffered = (page: Page) => again(page).isEnabled();

async function choose(page: Page, currency: string): Promise<void> {
  await page.getByRole('combobox', { name: t('form.currency') }).selectOption(currency);
}

/** Presses it whether or not it can be pressed. */
async function press(page: Page, times: number): Promise<void> {
  for (let at = 0; at < times; at++) await again(page).evaluate((button) => (button as HTMLElement).click());
}

async function backAndForth(page: Page): Promise<void> {
  for (const step of ['share', 'signature', 'check']) await goTo(widgetOf(page), step);
  await page.getByRole('heading', { name: t('check.title') }).waitFor();
}

/** What is sent as the pledge. */
async function sentFor(page: Page, email: string): Promise<unknown> {
  await fillPerson(page, t, aPerson({ email }));
  const request = page.waitForRequest((each) => each.method() === 'POST');
  await submit(page, t, 'pledge');
  const body = (await request).postDataJSON();
  await page.getByRole('heading', { name: t('check.title') }).waitFor();
  return body;
}
