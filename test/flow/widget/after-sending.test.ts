import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { focusedOn } from '../../support/a-keyboard.ts';
import { countPosts, formShown, goTo, heardOn, listen, stepOf, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn } from '../../support/host-pages.ts';

const t = pageText('en');
const campaign = 'mental-health-for-all';

describe('once the form is sent', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('lets the address be changed, with everything else as it was', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    await fillPerson(page, t, aPerson({ email: 'wrong@example.org' }));
    await submit(page, t, 'signature');
    await page.getByText('wrong@example.org').waitFor();
    await page.getByRole('button', { name: t('check.change') }).click();
    expect(await stepOf(widgetOf(page))).toBe('signature');
    expect(await page.getByRole('textbox', { name: t('form.givenName') }).inputValue()).toBe('Amina');
    expect((await focusedOn(page)).field).toBe('email');
    await page.getByRole('textbox', { name: t('form.email') }).fill('right@example.org');
    await submit(page, t, 'signature');
    await page.getByText('right@example.org').waitFor();
    await stage.visitor.mailTo('right@example.org');
  });

  it('sends the link again after a minute, not before', async () => {
    const page = await stage.open();
    await page.clock.install();
    const { script } = await stage.embedCode({ lang: 'en' });
    await page.goto(stage.host.serve({ body: script }));
    const posts = countPosts(page);
    await fillPerson(page, t, aPerson({ email: 'again@example.org' }));
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    const again = page.getByRole('button', { name: t('check.again') });
    const isOffered = async () => (await again.count()) > 0 && (await again.isEnabled());
    expect(await isOffered()).toBe(false);
    await page.clock.runFor(50_000);
    expect(await isOffered()).toBe(false);
    await page.clock.runFor(15_000);
    await expect.poll(isOffered).toBe(true);
    await again.click();
    await page.getByText(t('check.sentAgain')).waitFor();
    expect(posts()).toBe(2);
    expect(await isOffered()).toBe(false);
  });

  it('offers links that say where those come from whom they bring', async () => {
    const page = await openShare();
    const target = (source?: string) =>
      `${stage.url}/c/${campaign}?lang=en${source ? `&source=${source}` : ''}&partner=minds-in-common-ke`;
    const hrefOf = async (key: 'confirmed.email' | 'confirmed.whatsapp') =>
      (await page.getByRole('link', { name: t(key) }).getAttribute('href')) ?? '';
    const whatsapp = new URL(await hrefOf('confirmed.whatsapp'));
    expect(whatsapp.origin + whatsapp.pathname).toBe('https://wa.me/');
    expect(whatsapp.searchParams.get('text')).toContain(target('share-whatsapp'));
    const mail = await hrefOf('confirmed.email');
    expect(mail.startsWith('mailto:?')).toBe(true);
    expect(decodeURIComponent(mail)).toContain(target('share-email'));
    expect(await page.getByRole('button', { name: t('confirmed.native'), exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: t('confirmed.copy') }).click();
    await page.getByText(t('confirmed.copied')).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(target('share-link'));
    expect(await heardOn(page)).toEqual([
      { type: 'groundswell:shared', detail: { campaign, channel: 'link' } },
    ]);
  });

  it('hands the link to the device where the device can share', async () => {
    const page = await openShare(() => {
      Object.assign(navigator, {
        share: async (data: ShareData) => Object.assign(window, { shared: data }),
        canShare: () => true,
      });
    });
    await page.getByRole('button', { name: t('confirmed.native'), exact: true }).click();
    const shared = await page.evaluate(() => (window as unknown as { shared: ShareData }).shared);
    expect(shared.url).toMatch(new RegExp(`^${stage.url}/c/${campaign}\\?lang=en`));
    await expect
      .poll(() => heardOn(page))
      .toEqual([{ type: 'groundswell:shared', detail: { campaign, channel: 'app' } }]);
  });

  async function openShare(also: () => void = () => {}): Promise<Page> {
    const page = await stage.open({ prepare: listen });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(also);
    const { script } = await stage.embedCode({ lang: 'en', partner: 'minds-in-common-ke' });
    await page.goto(stage.host.serve({ body: script }));
    await formShown(widgetOf(page), t, 'signature');
    await goTo(widgetOf(page), 'share');
    return page;
  }
});
