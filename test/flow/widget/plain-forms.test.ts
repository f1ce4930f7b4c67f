import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';

const t = pageText('en');
const campaign = 'mental-health-for-all';

describe('plain forms, and the widget in their place', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('leaves a plain form alone that somebody has begun to fill in, and replaces it otherwise', async () => {
    for (const [begun, widgets] of [
      [true, 0],
      [false, 1],
    ] as const) {
      const page = await stage.open();
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(/\/widget\.[0-9a-f]+\.js$/, async (route) => {
        await released;
        await route.continue();
      });
      await page.goto(`${stage.url}/c/${campaign}?lang=en`, { waitUntil: 'commit' });
      const name = page.getByRole('textbox', { name: t('form.givenName') }).first();
      await name.waitFor();
      if (begun) await name.fill('Amina');
      const loaded = page.waitForResponse(/\/widget\.[0-9a-f]+\.js$/);
      release();
      await loaded;
      await page.waitForLoadState('networkidle');
      const form = page.locator('groundswell-action [part~="form"]:visible');
      await expect.poll(() => form.count()).toBe(widgets);
      expect(await name.inputValue()).toBe(begun ? 'Amina' : '');
      if (!begun) continue;
      await fillPerson(page.locator('#signature form'), t, aPerson({ email: 'begun@example.org' }));
      await submit(page.locator('#signature form'), t, 'signature');
      await page.waitForURL(/check-your-email/);
    }
  });

  it('tells a page that has it in a frame how tall it is, as it grows', async () => {
    const { iframe } = await stage.embedCode({ lang: 'en' });
    const page = await stage.openHost({ body: iframe }, { prepare: growWithFrame });
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: t('signature.submit'), exact: true }).waitFor();
    const overflow = () =>
      frame.locator('html').evaluate(({ scrollHeight }) => Math.max(0, scrollHeight - innerHeight));
    await expect.poll(overflow).toBe(0);
    await frame.locator('[part~="text"] summary').click();
    await expect.poll(overflow).toBe(0);
    await frame.getByRole('radio', { name: t('pledge.title') }).check();
    await frame.getByRole('button', { name: t('pledge.submit'), exact: true }).click();
    await frame.getByText(t('error.givenName.required')).first().waitFor();
    await expect.poll(overflow).toBe(0);
  });

  it('has plain forms in a frame where there are no scripts, which are answered beside it', async () => {
    const { iframe } = await stage.embedCode({ lang: 'en', kind: 'signature' });
    const page = await stage.openHost({ body: iframe }, { javaScriptEnabled: false });
    const frame = page.frameLocator('iframe');
    await fillPerson(frame, t, aPerson({ email: 'framed@example.org' }));
    const beside = page.waitForEvent('popup');
    await submit(frame, t, 'signature');
    await (await beside).getByRole('heading', { level: 1, name: t('check.title') }).waitFor();
    await stage.visitor.mailTo('framed@example.org');
  });
});

/** For `prepare`: what docs/widget.md has a page do that wants its frame to be as tall as what is in it. */
function growWithFrame(): void {
  addEventListener('message', ({ data, source }) => {
    const frame = [...document.querySelectorAll('iframe')].find(
      ({ contentWindow }) => contentWindow === source,
    );
    if (frame && data?.type === 'groundswell:height') frame.style.height = `${data.height}px`;
  });
}
