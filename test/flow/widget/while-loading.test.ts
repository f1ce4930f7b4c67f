import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import {
  answerWith,
  aProblem,
  campaignAddress,
  failing,
  signaturesAddress,
} from '../../support/a-failing-api.ts';
import { aPerson, fillPerson, fillVow, readPerson, submit } from '../../support/a-form.ts';
import {
  countPosts,
  formShown,
  goTo,
  heardOn,
  stepOf,
  type WidgetElement,
  widgetOf,
} from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');
const french = pageText('fr');
const german = pageText('de');
const afterwards = /widget-later/;
const pledges = /widget-pledge/;

describe('while something is under way, the widget', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('says that it was sent, and where to, though the rest does not arrive, and sends no second time', async () => {
    const email = 'waiting@example.org';
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    await page.route(afterwards, hang);
    await fillPerson(page, t, aPerson({ email }));
    const sent = countPosts(page);
    const answered = page.waitForResponse(signaturesAddress);
    await submit(page, t, 'signature');
    await answered;
    await page.getByText(t('form.sending')).dispatchEvent('click');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    await page.getByText(email).waitFor();
    await page.unroute(afterwards);
    await page.getByRole('button', { name: t('failure.retry') }).click();
    await page.getByText(t('check.spam')).waitFor();
    expect(sent()).toBe(1);
  });

  it('keeps the consents, not ticked any more, when their new texts cannot be read', async () => {
    const page = await aFilledForm();
    const before = await page.getByRole('checkbox').count();
    const errors = [{ pointer: '/consents/0/version', code: 'consent-outdated', message: 'Outdated.' }];
    await page.route(signaturesAddress, answerWith(422, aProblem(422, 'invalid-fields', { errors })));
    await page.route(campaignAddress, (route) => route.abort());
    await submit(page, t, 'signature');
    await widgetOf(page).getByRole('alert').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(before);
    expect(await readPerson(page, t)).toEqual({ ...aPerson(), agrees: false });
  });

  it('keeps the form when its attributes change while the device is offline', async () => {
    const page = await aFilledForm();
    await page.context().setOffline(true);
    await set(page, 'lang', 'fr');
    await page.waitForFunction(() => (window as unknown as { heard: unknown[] }).heard.length > 0);
    expect(await readPerson(page, t)).toEqual({ ...aPerson(), agrees: true });
    await page.context().setOffline(false);
  });

  it('keeps what was typed when it is taken out, changed and put back', async () => {
    const page = await aFilledForm();
    await widgetOf(page).evaluate((element) => {
      const { parentElement } = element;
      element.remove();
      element.setAttribute('lang', 'de');
      parentElement?.append(element);
    });
    await formShown(widgetOf(page), german, 'signature');
    expect(await readPerson(page, german)).toEqual({ ...aPerson(), agrees: false });
  });

  it('prefers what somebody chose to what the page had filled in, when it loads again', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    await prefill(page, { amount: 50_000, currency: 'EUR' });
    await formShown(widgetOf(page), t, 'signature');
    await goTo(widgetOf(page), 'pledge');
    await formShown(widgetOf(page), t, 'pledge');
    await fillVow(page, t, { amount: '12.34', currency: 'EUR' });
    await set(page, 'lang', 'fr');
    await formShown(widgetOf(page), french, 'pledge');
    const amount = page.getByRole('textbox', { name: french('form.amount'), exact: true });
    expect(await amount.inputValue()).toBe('12.34');
  });

  it('tells what came of sending, also when it was taken out and put back meanwhile', async () => {
    const page = await aFilledForm('moved@example.org');
    const sent = countPosts(page);
    const asked = page.waitForRequest(signaturesAddress);
    await page.route(signaturesAddress, slowly);
    await submit(page, t, 'signature');
    await asked;
    await widgetOf(page).evaluate((element) => element.parentElement?.append(element));
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    await page.getByText(t('check.spam')).waitFor();
    expect(sent()).toBe(1);
  });

  it('sends no signature for somebody who has chosen to pledge', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    const waiting: Route[] = [];
    await page.route(pledges, (route) => void waiting.push(route));
    await fillPerson(page, t, aPerson());
    const sent = countPosts(page);
    await page.getByRole('radio', { name: t('pledge.title') }).check();
    await submit(page, t, 'signature');
    for (const route of waiting) await route.continue();
    await formShown(widgetOf(page), t, 'pledge');
    expect(sent()).toBe(0);
  });

  it('says once that pledging could not be loaded, however often it is tried', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    await formShown(widgetOf(page), t, 'signature');
    await page.route(pledges, (route) => route.abort());
    for (const _ of [1, 2, 3]) {
      await page.getByRole('radio', { name: t('pledge.title') }).click();
      await widgetOf(page)
        .getByRole('alert')
        .filter({ hasText: t('failure.unreachable') })
        .waitFor();
    }
    expect(await widgetOf(page).getByRole('alert').count()).toBe(1);
  });

  it('takes a form that is sent while another language is loaded, and stays at what was sent', async () => {
    const page = await aFilledForm('between@example.org');
    const waiting: Route[] = [];
    await page.route(campaignAddress, (route) => void waiting.push(route));
    await set(page, 'lang', 'fr');
    await expect.poll(() => waiting.length).toBe(1);
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    await waiting[0]?.continue();
    await page.getByRole('heading', { name: french('check.title') }).waitFor();
    await page.getByText('between@example.org').waitFor();
    expect(await stepOf(widgetOf(page))).toBe('check');
  });

  it('says in the language of the page that it could not be loaded, and keeps the focus', async () => {
    const arabic = pageText('ar');
    const { script } = await stage.embedCode({ lang: 'ar' });
    const page = await stage.open(failing);
    await page.route(campaignAddress, answerWith(503, aProblem(503, 'try-again-later')));
    await page.goto(stage.host.serve({ body: script }));
    const retry = page.getByRole('button', { name: arabic('failure.retry') });
    await page.getByText(arabic('failure.load')).waitFor();
    expect(await page.locator('[part=card]').getAttribute('lang')).toBe('ar');
    expect(await page.locator('[part=card]').getAttribute('dir')).toBe('rtl');
    const again = page.waitForResponse(campaignAddress);
    await retry.click();
    await again;
    await expect.poll(async () => (await heardOn(page)).length).toBe(2);
    expect(await focusedIn(page)).toBe('BUTTON');
    await page.unroute(campaignAddress);
    await retry.click();
    await formShown(widgetOf(page), arabic, 'signature');
    await expect.poll(() => focusedIn(page)).toBe('INPUT');
  });

  it.each([403, 429, 503])('knows an answer of %i that is no JSON for an answer', async (status) => {
    const page = await aFilledForm();
    await page.route(signaturesAddress, answer(status, '<h1>No</h1>'));
    await submit(page, t, 'signature');
    await widgetOf(page).getByRole('alert').waitFor();
    const code = status === 429 ? 'too-many-requests' : 'internal-error';
    expect((await heardOn(page)).map(({ detail }) => detail)).toMatchObject([{ code }]);
  });

  it('takes what is accepted without a word as accepted', async () => {
    const page = await aFilledForm();
    await page.route(signaturesAddress, answer(202, ''));
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
  });

  it('says that sharing could not be loaded', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    await formShown(widgetOf(page), t, 'signature');
    await page.route(afterwards, (route) => route.abort());
    await goTo(widgetOf(page), 'share');
    await page.getByRole('heading', { name: t('failure.unreachable') }).waitFor();
    await page.unroute(afterwards);
    await page.getByRole('button', { name: t('failure.retry') }).click();
    await page.getByRole('heading', { name: t('check.share') }).waitFor();
  });

  it('says that it could not be loaded from what is no address', async () => {
    const { script } = await stage.embedCode({ lang: 'en' });
    const body = script.replace('<groundswell-action ', '<groundswell-action api="http://[" ');
    const page = await stage.openHost({ body }, failing);
    await widgetOf(page).getByText(t('failure.load')).waitFor();
    expect((await heardOn(page)).map(({ detail }) => detail)).toMatchObject([{ code: 'unreachable' }]);
  });

  it('takes no amount that is not in minor units', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    await formShown(widgetOf(page), t, 'signature');
    for (const amount of ['25.00', '2500', 0.5, -1])
      await expect(prefill(page, { amount })).rejects.toThrow('TypeError');
  });

  async function aFilledForm(email = aPerson().email): Promise<Page> {
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    await fillPerson(page, t, aPerson({ email }));
    return page;
  }
});

function hang(): void {}

async function slowly(route: Route): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 700));
  await route.continue();
}

function answer(status: number, body: string) {
  const headers = { 'content-type': 'text/html', 'access-control-allow-origin': '*' };
  return (route: Route) => route.fulfill({ status, headers, body });
}

function set(page: Page, name: string, value: string): Promise<void> {
  return widgetOf(page).evaluate((element, [name, value]) => element.setAttribute(name, value), [
    name,
    value,
  ] as const);
}

function prefill(page: Page, values: Record<string, unknown>): Promise<void> {
  return widgetOf(page).evaluate((element, given) => (element as WidgetElement).prefill(given), values);
}

/** The element that has the focus in the widget. */
function focusedIn(page: Page): Promise<string | undefined> {
  return widgetOf(page).evaluate(({ shadowRoot }) => shadowRoot?.activeElement?.tagName);
}
