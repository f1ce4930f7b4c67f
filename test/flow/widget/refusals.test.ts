import type { Page } from 'playwright-core';
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
import { focusedOn } from '../../support/a-keyboard.ts';
import { countPosts, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');

describe('what is wrong in the form', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('says at each field what the server refuses, and keeps the rest', async () => {
    const email = 'refused@example.org';
    const page = await aFilledForm(email);
    const errors = [
      { pointer: '/familyName', code: 'contains-url', message: 'A name cannot hold a web address.' },
      { pointer: '/postalCode', code: 'too-long', message: 'Give at most 12 characters.' },
    ];
    await page.route(signaturesAddress, answerWith(422, aProblem(422, 'invalid-fields', { errors })));
    await submit(page, t, 'signature');
    await expectSaid(page, t('errors.title', { count: 2 }));
    const summary = widgetOf(page).locator('[part~="errors"]');
    expect((await focusedOn(page)).part).toBe('errors');
    await summary.getByRole('link', { name: t('error.familyName') }).click();
    expect((await focusedOn(page)).field).toBe('familyName');
    const name = page.getByRole('textbox', { name: t('form.familyName') });
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await readPerson(page, t)).toEqual({ ...aPerson({ email }), agrees: true });
    await page.unroute(signaturesAddress);
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
  });

  it('shows a consent again whose text has changed, to be given anew', async () => {
    const page = await aFilledForm('outdated@example.org');
    const errors = [{ pointer: '/consents/0', code: 'consent-outdated', message: 'This text has changed.' }];
    await page.route(signaturesAddress, answerWith(422, aProblem(422, 'invalid-fields', { errors })));
    await page.route(campaignAddress, async (route) => {
      const json = await (await route.fetch()).json();
      json.consents[0] = { ...json.consents[0], version: 2, text: 'Another text.' };
      await route.fulfill({ json, headers: { 'access-control-allow-origin': '*' } });
    });
    await submit(page, t, 'signature');
    await expectSaid(page, t('error.consents.consent-outdated'));
    const consent = page.getByRole('checkbox', { name: 'Another text.' });
    expect(await consent.isChecked()).toBe(false);
    await consent.check();
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await submit(page, t, 'signature');
    expect((await sent).postDataJSON().consents[0]).toEqual({ id: 'privacy', version: 2, granted: true });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('keeps the consents when their new texts cannot be loaded', async () => {
    const page = await aFilledForm('half-outdated@example.org');
    const errors = [{ pointer: '/consents/0', code: 'consent-outdated', message: 'This text has changed.' }];
    await page.route(signaturesAddress, answerWith(422, aProblem(422, 'invalid-fields', { errors })));
    await page.route(campaignAddress, (route) => route.abort());
    await submit(page, t, 'signature');
    await widgetOf(page).getByRole('alert').first().waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(2);
  });

  it('tells by itself what is missing, before anything is sent', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    const sent = countPosts(page);
    await submit(page, t, 'signature');
    const summary = widgetOf(page).locator('[part~="errors"]');
    await summary.getByText(t('errors.title', { count: 5 })).waitFor();
    expect(await summary.getByRole('link').allTextContents()).toEqual([
      t('error.givenName.required'),
      t('error.familyName.required'),
      t('error.email.required'),
      t('error.country'),
      t('error.consents'),
    ]);
    expect((await focusedOn(page)).part).toBe('errors');
    expect(sent()).toBe(0);
  });

  it('refuses an amount that is none, and asks for nothing that is not shown', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en', kind: 'pledge' });
    await fillPerson(page, t, aPerson({ email: 'amount@example.org' }));
    await fillVow(page, t, { amount: '25,555', currency: 'EUR' });
    await submit(page, t, 'pledge');
    await page.getByRole('link', { name: t('error.amount') }).waitFor();
    await fillVow(page, t, { support: true });
    await submit(page, t, 'pledge');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
  });

  async function aFilledForm(email: string): Promise<Page> {
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    await fillPerson(page, t, aPerson({ email }));
    return page;
  }
});

async function expectSaid(page: Page, text: string): Promise<void> {
  await widgetOf(page).getByRole('alert').filter({ hasText: text }).waitFor();
}
