import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../../infra/local/token.ts';
import { pageText } from '../../../web/pages/page-text.ts';
import { aCampaignText } from '../../support/a-campaign.ts';
import { aPerson, fillPerson, submit } from '../../support/a-form.ts';
import { aSignature } from '../../support/a-person.ts';
import { putCampaign } from '../../support/a-stored-campaign.ts';
import { tokenIn, until } from '../../support/a-visitor.ts';
import { goTo, widgetOf } from '../../support/a-widget.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { axeFindings } from '../../support/an-axe-check.ts';
import { byTurns } from '../../support/by-turns.ts';
import { pairwise } from '../../support/pairwise.ts';

const slug = 'mental-health-for-all';
const all = pairwise({ theme: ['light', 'dark'], language: ['en', 'ar'] });

describe('axe-core finds nothing', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
    await putCampaign(stage.stack, {
      slug: 'closed-one',
      status: 'closed',
      texts: { en: aCampaignText(), ar: aCampaignText({ title: 'الصحة النفسية للجميع' }) },
    });
    await byTurns([...Array(10).keys()], signAs);
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it.each(all)('in the steps of the widget: $theme, $language', async ({ theme, language }) => {
    const t = pageText(language);
    const { script } = await stage.embedCode({ lang: language, theme, kind: 'signature pledge' });
    const page = await openHost(script, theme, language);
    await widgetOf(page)
      .getByRole('button', { name: t('signature.submit'), exact: true })
      .waitFor();
    const found = { form: await findings(page) };
    await submit(page, t, 'signature');
    await widgetOf(page).locator('[part~="errors"]').waitFor();
    Object.assign(found, { errors: await findings(page) });
    await goTo(widgetOf(page), 'pledge');
    Object.assign(found, { pledge: await findings(page) });
    await page.getByRole('radio', { name: t('form.amount.own') }).check();
    await page.getByRole('radio', { name: t('form.pledgerType.organisation') }).check();
    await submit(page, t, 'pledge');
    Object.assign(found, { 'pledge errors': await findings(page) });
    await goTo(widgetOf(page), 'signature');
    await fillPerson(page, t, aPerson({ email: `axe.${theme}.${language}@example.org` }));
    await submit(page, t, 'signature');
    await page.getByRole('heading', { name: t('check.title') }).waitFor();
    Object.assign(found, { check: await findings(page) });
    await goTo(widgetOf(page), 'share');
    Object.assign(found, { share: await findings(page) });
    expect(found).toEqual({ form: [], errors: [], pledge: [], 'pledge errors': [], check: [], share: [] });
  });

  it.each(all)('where there is no form: $theme, $language', async ({ theme, language }) => {
    const { script } = await stage.embedCode({ lang: language, theme }, 'closed-one');
    const closed = await openHost(script, theme, language);
    await widgetOf(closed).locator('[part~="notice"]').waitFor();
    expect(await findings(closed)).toEqual([]);
    const missing = await openHost(
      script.replaceAll('closed-one', 'no-such'),
      theme,
      language,
      /Failed to load/,
    );
    await widgetOf(missing).locator('[part~="notice"]').waitFor();
    expect(await findings(missing)).toEqual([]);
  });

  it.each([
    { theme: 'light', language: 'en' },
    { theme: 'dark', language: 'ar' },
  ] as const)('on our own pages: $theme, $language', async ({ theme, language }) => {
    const email = `pages.${theme}.${language}@example.org`;
    await stage.visitor.sign(aSignature({ email, language }));
    const token = encodeURIComponent(tokenIn(await stage.visitor.mailTo(email)));
    const page = await stage.open({ colorScheme: theme, expected: /status of 404/ });
    const found: Record<string, string[]> = {};
    const look = async (path: string) => {
      await page.goto(`${stage.url}${path}`);
      if ([`/c/${slug}`, `/embed/${slug}`].includes(path.replace(/\?.*/, '')))
        await page.locator('groundswell-action [part~="form"]').waitFor();
      found[path.replace(/\?.*/, '')] = await axeFindings(page);
    };
    const letter = `/letters/${await aLetterNumber()}`;
    for (const path of ['/', `/c/${slug}`, `/embed/${slug}`, `/c/${slug}/count`])
      await look(`${path}?lang=${language}`);
    for (const path of [
      `/c/${slug}/check-your-email`,
      '/letters',
      letter,
      '/letters/MHFA-2026-AAAAAAAA',
      '/c/no-such-campaign',
    ])
      await look(`${path}?lang=${language}`);
    await look(`/confirm?token=${token}`);
    await page.getByRole('button').first().click();
    await page.waitForURL(/\/confirmed/);
    found['/confirmed'] = await axeFindings(page);
    const manage = await page.locator('a[href*="/manage?token="]').first().getAttribute('href');
    await page.goto(new URL(manage ?? '', stage.url).href);
    found['/manage'] = await axeFindings(page);
    const wrong = Object.entries(found).flatMap(([path, each]) => each.map((one) => `${path} ${one}`));
    expect(wrong).toEqual([]);
  });

  async function signAs(_: unknown, at: number): Promise<void> {
    const email = `signer${at}@example.org`;
    await stage.visitor.sign(aSignature({ email, display: at % 2 ? 'name' : 'initials' }));
    await stage.visitor.confirm(email);
  }

  /** Of one that went out at the first milestone. */
  async function aLetterNumber(): Promise<string> {
    const headers = { authorization: `Bearer ${await fetchToken(stage.url, 'viewer@example.org')}` };
    return until(async () => {
      const answer = await stage.visitor.get(`/v1/campaigns/${slug}/letters`, { headers });
      const { letters } = await answer.json();
      return letters.find(({ state }: { state: string }) => state === 'delivered')?.number;
    }, 'a letter');
  }

  function openHost(
    body: string,
    colorScheme: 'light' | 'dark',
    language: 'en' | 'ar',
    expected?: RegExp,
  ): Promise<Page> {
    const direction = language === 'ar' ? 'rtl' : 'ltr';
    return stage.openHost({ body, language, direction }, { colorScheme, ...(expected && { expected }) });
  }

  function findings(page: Page): Promise<string[]> {
    return axeFindings(page, 'groundswell-action');
  }
});
