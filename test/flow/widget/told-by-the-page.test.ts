import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { putCampaign } from '../../support/a-stored-campaign.ts';
import { formShown, goTo, stepOf, type WidgetElement, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { openOn, openScript } from '../../support/host-pages.ts';

const t = pageText('en');
const campaign = 'mental-health-for-all';

describe('what a page tells the widget', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
    await putCampaign(stage.stack, { slug: 'another', kinds: ['signature'], partners: ['other-org'] });
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('follows its attributes when they change', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en' });
    await formShown(widgetOf(page), t, 'signature');
    await fillPerson(page, t, aPerson());
    await widgetOf(page).evaluate((element) => element.setAttribute('lang', 'fr'));
    const french = pageText('fr');
    await page.getByRole('button', { name: french('signature.submit'), exact: true }).waitFor();
    expect(await valuesIn(page)).toMatchObject({ ...aPerson() });
    await widgetOf(page).evaluate((element) => element.setAttribute('kind', 'pledge'));
    await page.getByRole('button', { name: french('pledge.submit'), exact: true }).waitFor();
    await widgetOf(page).evaluate((element) => element.setAttribute('campaign', 'another'));
    await page.getByRole('button', { name: t('signature.submit'), exact: true }).waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  });

  it('speaks the language of the page around it, or else of the browser, among those of the campaign', async () => {
    const { script } = await stage.embedCode();
    const bare = script.replace(/ lang="[^"]*"/, '');
    const spanish = await stage.openHost({ body: `<div lang="es-MX">${bare}</div>`, language: 'de' });
    await spanish.getByRole('button', { name: pageText('es')('signature.submit'), exact: true }).waitFor();
    const german = await stage.openHost({ body: bare, language: 'de' });
    await german.getByRole('button', { name: pageText('de')('signature.submit'), exact: true }).waitFor();
    const none = await stage.openHost({ body: bare, language: '' }, { locale: 'sw-KE' });
    await none.getByRole('button', { name: pageText('sw')('signature.submit'), exact: true }).waitFor();
    const unknown = await stage.openHost({ body: bare, language: 'is' });
    await unknown.getByRole('button', { name: t('signature.submit'), exact: true }).waitFor();
  });

  it('is filled in by the page, before and after it has loaded, but never ticks a consent', async () => {
    const page = await openScript(stage);
    await page.evaluate(
      ({ campaign }) => {
        const element = document.createElement('groundswell-action') as WidgetElement;
        element.setAttribute('campaign', campaign);
        element.setAttribute('lang', 'en');
        element.prefill({ givenName: 'Kofi', email: 'kofi@example.org', country: 'GH', display: 'initials' });
        document.body.append(element);
        element.prefill({ familyName: 'Mensah', amount: 2_500, currency: 'EUR', interval: 'monthly' });
      },
      { campaign },
    );
    await formShown(widgetOf(page), t, 'signature');
    await widgetOf(page).evaluate((element) => (element as WidgetElement).prefill({ postalCode: 'GA-184' }));
    const values = await valuesIn(page);
    expect(values).toMatchObject({
      ...{ givenName: 'Kofi', familyName: 'Mensah', email: 'kofi@example.org', country: 'GH' },
      ...{ postalCode: 'GA-184', display: 'initials' },
    });
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    await goTo(widgetOf(page), 'pledge');
    await formShown(widgetOf(page), t, 'pledge');
    expect(await valuesIn(page)).toMatchObject({ suggested: '2500', currency: 'EUR', interval: 'monthly' });
  });

  it('takes no values that it does not know, and goes to no step that is not there', async () => {
    const page = await openOn(stage, 'plain', { lang: 'en', kind: 'signature' });
    await formShown(widgetOf(page), t, 'signature');
    const attempt = (method: 'go' | 'prefill', value: unknown) =>
      widgetOf(page).evaluate(
        (element, [method, value]) => {
          try {
            (element as WidgetElement)[method as 'go'](value as string);
            return 'done';
          } catch (error) {
            return (error as Error).name;
          }
        },
        [method, value] as const,
      );
    for (const name of ['consents', 'privacy', 'constructor', 'note'])
      expect([name, await attempt('prefill', { [name]: true })]).toEqual([name, 'TypeError']);
    for (const step of ['check', 'nowhere', '', 'toString', 'pledge'])
      expect([step, await attempt('go', step)]).toEqual([step, 'RangeError']);
    expect(await attempt('go', 'share')).toBe('done');
    expect(await stepOf(widgetOf(page))).toBe('share');
    expect(await attempt('go', 'signature')).toBe('done');
  });

  it('sends partner and source where the campaign has them, and else neither', async () => {
    const { script } = await stage.embedCode({ lang: 'en', partner: 'minds-in-common-ke', source: 'qr' });
    const strange = script
      .replace(/partner="[^"]*"/, 'partner="nobody"')
      .replace(/source="[^"]*"/, 'source="x"');
    for (const [body, sent] of [
      [script, { partner: 'minds-in-common-ke', source: 'qr' }],
      [strange, {}],
    ] as const) {
      const page = await stage.openHost({ body });
      await fillPerson(page, t, aPerson({ email: `${sent.source ?? 'none'}@example.org` }));
      const request = page.waitForRequest((each) => each.method() === 'POST');
      await submit(page, t, 'signature');
      const { partner, source, language, consents } = (await request).postDataJSON();
      expect({ ...(partner && { partner }), ...(source && { source }) }).toEqual(sent);
      expect([language, consents[0]]).toEqual(['en', { id: 'privacy', version: 1, granted: true }]);
      await page.getByRole('heading', { name: t('check.title') }).waitFor();
    }
  });
});

/** Names and values of the form that is shown, as it would be sent. */
function valuesIn(page: Page): Promise<Record<string, unknown>> {
  return widgetOf(page).evaluate(({ shadowRoot }) => {
    const forms = [...(shadowRoot?.querySelectorAll('form') ?? [])];
    const form = forms.find((each) => each.offsetParent !== null) ?? forms[0];
    return Object.fromEntries(new FormData(form));
  });
}
