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
import { aPerson, fillPerson, readPerson, submit } from '../../support/a-form.ts';
import { countPosts, formShown, heardOn, stepOf, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');
const campaign = 'mental-health-for-all';

describe('when something fails, the widget', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('keeps what was typed while the device is offline, says so, and sends it once when it is back', async () => {
    const email = 'offline@example.org';
    const page = await aFilledForm(email);
    await page.context().setOffline(true);
    await submit(page, t, 'signature');
    await expectSaid(page, t('failure.offline'));
    expect(await readPerson(page, t)).toEqual({ ...aPerson({ email }), agrees: true });
    await page.context().setOffline(false);
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    await stage.stack.host.quiet();
    expect((await stage.visitor.mails(email)).length).toBe(1);
    expect(await heardOn(page)).toEqual([
      { type: 'groundswell:error', detail: { campaign, code: 'offline' } },
      { type: 'groundswell:submitted', detail: { campaign, kind: 'signature' } },
    ]);
  });

  it('keeps what was typed when the server cannot be reached', async () => {
    const email = 'unreachable@example.org';
    const page = await aFilledForm(email);
    await page.route(signaturesAddress, (route) => route.abort('connectionrefused'));
    await submit(page, t, 'signature');
    await expectSaid(page, t('failure.unreachable'));
    expect(await readPerson(page, t)).toEqual({ ...aPerson({ email }), agrees: true });
    await expectRecovery(page, 'unreachable');
  });

  it.each([
    [429, { message: 'Too Many Requests' }, '7', t('failure.busy', { seconds: 7 }), 'too-many-requests'],
    [503, aProblem(503, 'try-again-later'), '5', t('outcome.try-again-later.text'), 'try-again-later'],
    [500, aProblem(500, 'internal-error'), undefined, t('outcome.internal-error.text'), 'internal-error'],
    [
      409,
      aProblem(409, 'campaign-not-open'),
      undefined,
      t('outcome.campaign-not-open.text'),
      'campaign-not-open',
    ],
  ])(
    'keeps what was typed when the server answers %i, and says what that means',
    async (status, body, retryAfter, said, code) => {
      const email = `answer${status}@example.org`;
      const page = await aFilledForm(email);
      await page.route(signaturesAddress, answerWith(status, body, retryAfter));
      await submit(page, t, 'signature');
      await expectSaid(page, said);
      expect(await readPerson(page, t)).toEqual({ ...aPerson({ email }), agrees: true });
      await expectRecovery(page, code);
    },
  );

  it.each([2, 10])(
    'sends once when the button is pressed %i times while the answer is slow',
    async (times) => {
      const email = `pressed${times}@example.org`;
      const page = await aFilledForm(email);
      const sent = countPosts(page);
      await page.route(signaturesAddress, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        await route.continue();
      });
      const button = page.getByRole('button', { name: t('signature.submit'), exact: true });
      await button.evaluate((element, presses) => {
        for (let at = 0; at < presses; at++) (element as HTMLButtonElement).click();
      }, times);
      await page.getByRole('textbox', { name: t('form.givenName') }).press('Enter');
      await page.getByText(t('form.sending')).first().waitFor();
      await page.getByRole('heading', { name: t('check.title') }).waitFor();
      expect(sent()).toBe(1);
      await stage.stack.host.quiet();
      expect((await stage.visitor.mails(email)).length).toBe(1);
    },
  );

  it('says that the form could not be loaded, offers to try again, and leads to the page', async () => {
    const { script } = await stage.embedCode({ lang: 'en' });
    const page = await stage.open(failing);
    await page.route(campaignAddress, answerWith(503, aProblem(503, 'try-again-later'), '5'));
    await page.goto(stage.host.serve({ body: script }));
    await widgetOf(page).getByText(t('failure.load')).waitFor();
    expect(await widgetOf(page).locator(`a[href*="/c/${campaign}"]`).count()).toBeGreaterThan(0);
    await page.unroute(campaignAddress);
    await page.getByRole('button', { name: t('failure.retry') }).click();
    await formShown(widgetOf(page), t, 'signature');
  });

  it('says that there is no such campaign', async () => {
    const { script } = await stage.embedCode({ lang: 'en' });
    const page = await stage.openHost({ body: script.replaceAll(campaign, 'unknown-one') }, failing);
    await widgetOf(page).getByText(t('failure.missing')).waitFor();
  });

  it('says that it was sent also where no more can be loaded after that, and does not send it again', async () => {
    const email = 'cut-off@example.org';
    const page = await aFilledForm(email);
    const sent = countPosts(page);
    await page.route(/\/assets\//, (route) => route.abort());
    await submit(page, t, 'signature');
    await widgetOf(page).getByText(t('check.title')).or(widgetOf(page).getByRole('alert')).first().waitFor();
    await page.unroute(/\/assets\//);
    const title = page.getByRole('heading', { name: t('check.title') });
    if ((await title.count()) === 0) await page.getByRole('button', { name: t('failure.retry') }).click();
    await title.waitFor();
    expect(sent()).toBe(1);
  });

  it('goes on without the count when the tally fails, and takes the signature', async () => {
    const { script } = await stage.embedCode({ lang: 'en' });
    const page = await stage.open(failing);
    await page.route('**/tally', (route) => route.abort());
    await page.goto(stage.host.serve({ body: script }));
    await fillPerson(page, t, aPerson({ email: 'no-tally@example.org' }));
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
  });

  async function aFilledForm(email: string): Promise<Page> {
    const page = await openOn(stage, 'plain', { lang: 'en' }, failing);
    await fillPerson(page, t, aPerson({ email }));
    return page;
  }

  /** With the fault gone, the same button sends what is still in the form. */
  async function expectRecovery(page: Page, code: string): Promise<void> {
    await page.unroute(signaturesAddress);
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    expect(await stepOf(widgetOf(page))).toBe('check');
    expect(await heardOn(page)).toEqual([
      { type: 'groundswell:error', detail: { campaign, code } },
      { type: 'groundswell:submitted', detail: { campaign, kind: 'signature' } },
    ]);
  }
});

async function expectSaid(page: Page, text: string): Promise<void> {
  await widgetOf(page).getByRole('alert').filter({ hasText: text }).waitFor();
}
