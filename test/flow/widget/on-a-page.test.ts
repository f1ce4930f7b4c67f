import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { putCampaign } from '../../support/a-stored-campaign.ts';
import { formShown, heardOn, listen, stepOf, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn, openScript } from '../../support/host-pages.ts';

const t = pageText('en');
const campaign = 'mental-health-for-all';

describe('the widget on the page of somebody else', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
    await putCampaign(stage.stack, { slug: 'another', kinds: ['signature'], partners: ['other-org'] });
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('stands beside another one, each with its own campaign, form and events', async () => {
    const [one, two] = await Promise.all([
      stage.embedCode({ lang: 'en', kind: 'pledge' }),
      stage.embedCode({ lang: 'en' }, 'another'),
    ]);
    const page = await stage.openHost({ body: one.script + two.script }, { prepare: listen });
    await formShown(widgetOf(page), t, 'pledge');
    const second = widgetOf(page, 1);
    await fillPerson(second, t, aPerson({ email: 'second@example.org' }));
    const first = widgetOf(page, 0);
    expect(await first.getByRole('textbox', { name: t('form.givenName') }).inputValue()).toBe('');
    await first.getByRole('textbox', { name: t('form.givenName') }).fill('Somebody else');
    await submit(second, t, 'signature');
    await second.getByRole('heading', { name: t('check.title') }).waitFor();
    expect([await stepOf(first), await stepOf(second)]).toEqual(['pledge', 'check']);
    expect(await heardOn(page)).toEqual([
      { type: 'groundswell:submitted', detail: { campaign: 'another', kind: 'signature' } },
    ]);
  });

  it('comes twice of the same campaign, and from two scripts, without harm', async () => {
    const code = await stage.embedCode({ lang: 'en' });
    const page = await stage.openHost({ body: code.script + code.pinned }, { prepare: listen });
    await formShown(widgetOf(page), t, 'signature');
    await formShown(widgetOf(page, 1), t, 'signature');
    expect(await page.locator('groundswell-action').count()).toBe(2);
    await fillPerson(widgetOf(page), t, aPerson({ email: 'twice@example.org' }));
    await submit(widgetOf(page), t, 'signature');
    await widgetOf(page)
      .getByRole('heading', { name: t('check.title') })
      .waitFor();
    expect((await heardOn(page)).length).toBe(1);
  });

  it('works when it is added late, its attributes after that', async () => {
    const page = await openScript(stage);
    await page.evaluate(
      ({ api, campaign }) => {
        const element = document.createElement('groundswell-action');
        document.body.append(element);
        element.setAttribute('api', api);
        element.setAttribute('lang', 'en');
        element.setAttribute('campaign', campaign);
      },
      { api: stage.url, campaign },
    );
    await formShown(widgetOf(page), t, 'signature');
  });

  it('leaves nothing behind when it is removed while it loads', async () => {
    const page = await openScript(stage);
    const asked: string[] = [];
    await page.route('**/v1/campaigns/**', async (route) => {
      asked.push(route.request().url());
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue().catch(() => {});
    });
    await page.evaluate(
      async ({ campaign }) => {
        const element = document.createElement('groundswell-action');
        element.setAttribute('campaign', campaign);
        document.body.append(element);
        await new Promise((resolve) => setTimeout(resolve, 50));
        element.remove();
      },
      { campaign },
    );
    const before = asked.length;
    await page.waitForTimeout(1_000);
    expect(asked.length).toBe(before);
    expect(await page.locator('groundswell-action').count()).toBe(0);
  });

  it('keeps what was typed when it is moved to another place, and still sends it once', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' }, { prepare: listen });
    await fillPerson(page, t, aPerson({ email: 'moved@example.org' }));
    await page.evaluate(() => {
      const aside = document.createElement('aside');
      document.body.prepend(aside);
      aside.append(document.querySelector('groundswell-action') as Element);
    });
    const name = page.getByRole('textbox', { name: t('form.givenName') });
    await expect.poll(() => name.inputValue()).toBe('Amina');
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    expect((await heardOn(page)).length).toBe(1);
  });

  it('is there again, and usable, when the reader comes back', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    await fillPerson(page, t, aPerson({ email: 'back@example.org' }));
    const elsewhere = stage.host.serve({ body: 'Elsewhere' });
    for (let time = 0; time < 2; time++) {
      await page.goto(elsewhere);
      await page.goBack();
      await formShown(widgetOf(page), t, 'signature');
    }
    await fillPerson(page, t, aPerson({ email: 'back@example.org' }));
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    await page.goto(elsewhere);
    await page.goBack();
    await widgetOf(page).getByRole('heading', { level: 2 }).first().waitFor();
    await page.goForward();
    expect(await page.locator('body').textContent()).toContain('Elsewhere');
  });
});
