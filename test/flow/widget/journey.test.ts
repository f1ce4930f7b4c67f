import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../shared/kernel/action-kind.ts';
import { directionOf, type Language } from '../../../shared/kernel/language.ts';
import { type PageText, pageText } from '../../../web/pages/page-text.ts';
import { aPerson, fillPerson, fillVow, submit, type Vow } from '../../support/a-form.ts';
import { tokenIn } from '../../support/a-visitor.ts';
import { aWidgetStage, type WidgetStage } from '../../support/a-widget-stage.ts';
import { type HostName, hosts, openOn, placeOn } from '../../support/host-pages.ts';
import { pairwise } from '../../support/pairwise.ts';

const slug = 'mental-health-for-all';

const vows: Vow[] = [
  { amount: 2_500, currency: 'EUR' },
  { amount: '40.5', currency: 'USD', monthly: true },
  { amount: 3_000, currency: 'JPY', organisation: 'Lantern Hill Forum' },
  { support: true },
];

const cases = pairwise({
  host: Object.keys(hosts) as HostName[],
  language: ['en', 'ar', 'zh'],
  kind: ['signature', 'pledge'],
  theme: ['light', 'dark'],
}).map((row, at, rows) => {
  const pledgesBefore = rows.slice(0, at).filter(({ kind }) => kind === 'pledge').length;
  return { ...row, vow: vows[pledgesBefore % vows.length] as Vow };
});

describe('the journey from a page of somebody else to the thanks', () => {
  let stage: WidgetStage;
  beforeAll(async () => {
    stage = await aWidgetStage();
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it.each(cases)('$kind, $language, $theme, $host', async ({ host, language, kind, theme, vow }) => {
    const t = pageText(language);
    const email = emailOf({ host, language, kind });
    const page = await openOn(stage, host, { lang: language, kind, theme, source: 'qr' });
    const place = host === 'no JavaScript' ? await followLink(page, t, kind) : await placeOn(page, host);
    if (host !== 'no JavaScript') await expectLook(place, language, theme);
    await fillPerson(place, t, aPerson({ email }));
    if (kind === 'pledge') await fillVow(place, t, vow);
    await submit(place, t, kind);
    await place.getByRole('heading', { name: t('check.title') }).waitFor();
    if (host !== 'no JavaScript') await place.getByText(email).waitFor();
    if (host === '320 px') expect(await widthOf(page)).toBe(320);
    await page.emulateMedia({ colorScheme: theme });
    await confirmFromMail(page, t, { kind, email });
    await expectThanks(page, t, { language, kind });
  });

  it('is counted once for each person, by country, by source and by what was promised', async () => {
    await stage.stack.host.quiet();
    const tally = await stage.visitor.tally();
    const signatures = cases.filter(({ kind }) => kind === 'signature').length;
    const pledges = cases.filter(({ kind, vow }) => kind === 'pledge' && vow.organisation === undefined);
    expect(tally.signatures).toMatchObject({
      total: signatures,
      byCountry: { KE: signatures },
      bySource: { qr: signatures },
    });
    expect(tally.pledges.total).toBe(pledges.length);
    const euros = pledges.filter(({ vow }) => 'currency' in vow && vow.currency === 'EUR').length;
    const dollars = pledges.filter(({ vow }) => 'currency' in vow && vow.currency === 'USD').length;
    expect(tally.pledges.byCurrency).toMatchObject({
      EUR: { count: euros, amount: euros * 2_500 },
      USD: { count: dollars, amount: dollars * 4_050 },
    });
    const mailed = (await stage.visitor.mails()).flatMap(({ to }) => to);
    expect(mailed.filter((to) => cases.some((each) => emailOf(each) === to)).sort()).toEqual(
      cases.map(emailOf).sort(),
    );
  });

  /** What is in the snippet without scripts leads to the page whose plain form does everything. */
  async function followLink(page: Page, t: PageText, kind: ActionKind): Promise<Page> {
    await page.locator(`a[href^="${stage.url}/c/${slug}"]`).first().click();
    await page.getByRole('button', { name: t(`${kind}.submit`), exact: true }).waitFor();
    return page;
  }

  async function confirmFromMail(
    page: Page,
    t: PageText,
    { kind, email }: { kind: ActionKind; email: string },
  ) {
    const mail = await stage.visitor.mailTo(email);
    await page.goto(`${stage.url}/confirm?token=${encodeURIComponent(tokenIn(mail))}`);
    await page.getByRole('button', { name: t(`confirm.${kind}.submit`) }).click();
  }

  /** Thanks, the count, and links that say where those come from whom they bring. */
  async function expectThanks(
    page: Page,
    t: PageText,
    { language, kind }: { language: Language; kind: ActionKind },
  ) {
    await page.getByRole('heading', { level: 1, name: t(`confirmed.${kind}.title`) }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe(directionOf(language));
    const counts = await page.locator('[data-count]').allTextContents();
    expect(counts.length).toBeGreaterThan(0);
    for (const [name, channel] of [
      [t('confirmed.whatsapp'), 'share-whatsapp'],
      [t('confirmed.email'), 'share-email'],
    ] as const) {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      const shared = /https?:\/\/\S+$/.exec(decodeURIComponent(href ?? ''))?.[0] ?? '';
      expect(shared).toBe(`${stage.url}/c/${slug}?lang=${language}&source=${channel}`);
    }
  }
});

function emailOf({
  host,
  language,
  kind,
}: Pick<(typeof cases)[number], 'host' | 'language' | 'kind'>): string {
  return `${[host, language, kind].join('.').replaceAll(' ', '-')}@example.org`.toLowerCase();
}

/** It speaks its own language in its own direction and has its own colours and letters, whatever the page around it has. */
async function expectLook(place: Page | Frame, language: Language, theme: 'light' | 'dark'): Promise<void> {
  await place.locator('groundswell-action [part~="form"]').waitFor();
  const look = await place.locator('groundswell-action').evaluate((element) => {
    const card = element.shadowRoot?.querySelector('[part~="card"]') as Element;
    const { backgroundColor, direction } = getComputedStyle(card);
    const { fontSize, letterSpacing, textTransform } = getComputedStyle(
      element.shadowRoot?.querySelector('button[type="submit"]') as Element,
    );
    return { backgroundColor, direction, fontSize, letterSpacing, textTransform };
  });
  const [red = 0, green = 0, blue = 0] = (look.backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
  expect(red + green + blue > 384 ? 'light' : 'dark').toBe(theme);
  expect(look).toMatchObject({
    direction: directionOf(language),
    letterSpacing: 'normal',
    textTransform: 'none',
  });
  expect(Number.parseFloat(look.fontSize)).toBeLessThan(24);
}

function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
