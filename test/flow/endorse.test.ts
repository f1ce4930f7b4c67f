import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { pageText } from '../../web/pages/page-text.ts';
import { aBrowser } from '../support/a-browser.ts';
import { fillPerson } from '../support/a-form.ts';
import { aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { putCampaign } from '../support/a-stored-campaign.ts';
import { aVisitor } from '../support/a-visitor.ts';
import { aPng } from '../support/an-image.ts';

const slug = 'with-organisations';
const campaign = `/v1/campaigns/${slug}`;
const t = pageText('en');
const organisations = [
  {
    scripts: true,
    name: 'Open Minds & Co',
    site: 'openminds.example.org',
    email: 'board@openminds.example.org',
  },
  { scripts: false, name: 'Lantern Hill <b>', site: '', email: 'chair@lantern.example.org' },
];

describe('organisations that sign', () => {
  let stack: RunningStack;
  let browser: Browser;
  let visitor: ReturnType<typeof aVisitor>;
  let token: string;
  let waiting: { action: string; endorser: { name: string } }[];
  beforeAll(async () => {
    // Every event comes twice and in any order, and still counts once.
    stack = await aStack({ shuffleAndRepeat: true });
    await putCampaign(stack, {
      slug,
      kinds: ['signature', 'pledge', 'endorsement'],
      milestones: { world: [3], country: [] },
    });
    browser = await aBrowser();
    visitor = aVisitor(stack.url);
    token = await fetchToken(stack.url, 'organiser@example.org');
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it.each(organisations)(
    'do so by the form of the page, and confirm by mail (scripts: $scripts)',
    async (one) => {
      const page = await newPage(one.scripts);
      await page.goto(`${stack.url}/c/${slug}?lang=en`);
      await page.getByRole('link', { name: t('endorsement.title') }).click();
      const form = page.locator('#endorsement');
      await form.getByRole('textbox', { name: t('form.pledgerName') }).fill(one.name);
      await form.getByRole('textbox', { name: t('form.organisation.url') }).fill(one.site);
      await fillPerson(form, t, {
        givenName: 'Amina',
        familyName: 'Otieno',
        email: one.email,
        country: 'KE',
      });
      await form.getByRole('button', { name: t('endorsement.submit') }).click();
      await page.getByText('counts once the campaign has then verified it').waitFor();

      const { subject, text } = await visitor.mailTo(one.email);
      expect(subject).toBe('Please confirm your organisation’s support: Mental health for all');
      expect(text).not.toContain(one.name);
      await page.goto(/https?:\S+\/confirm\?\S+/.exec(text)?.[0] ?? '');
      expect(await page.locator('main').textContent()).toContain(one.name);
      await page.getByRole('button', { name: t('confirm.endorsement.submit') }).click();
      await page.getByText(t('confirmed.endorsement.verify')).waitFor();
    },
  );

  it('wait for the campaign: they count for nothing, and are shown to nobody', async () => {
    expect(await counted()).toEqual({ total: 0, byCountry: {} });
    expect(await listed()).toEqual([]);
    expect(await campaignPage()).not.toContain('Open Minds');
    const answer = await (await asCampaigner(`${campaign}/actions?toVerify=true&kind=endorsement`)).json();
    waiting = answer.actions;
    const names = waiting.map(({ endorser }) => endorser.name);
    expect(names.sort()).toEqual(organisations.map(({ name }) => name).sort());
    expect(JSON.stringify(answer)).not.toMatch(/Amina|Otieno|board@/);
  });

  it('are counted and shown once they are verified, apart from people', async () => {
    await visitor.sign(aSignature(), slug);
    await visitor.confirm('amina@example.org');
    const actions = waiting.map(({ action }) => action);
    await asCampaigner(`${campaign}/actions/verify`, { actions, reason: 'Called both of them' });
    expect(await counted()).toEqual({ total: 2, byCountry: { KE: 2 } });
    const { signatures, pledges, goals } = await visitor.tally(slug);
    expect([signatures.total, pledges.total, goals.reached]).toEqual([1, 0, []]);
    expect((await listed()).sort()).toEqual(organisations.map(({ name }) => name).sort());
    const page = await campaignPage();
    expect(page).toMatch(
      /href="https:\/\/openminds\.example\.org" rel="noopener nofollow ugc"><bdi>Open Minds &amp; Co/,
    );
    expect(page).toContain('<bdi>Lantern Hill &lt;b&gt;</bdi>');
    expect(page).toContain('<dd data-count="endorsements.total">2</dd>');
  });

  it('are shown with the logo that a campaigner gives them', async () => {
    const { action = '' } = waiting.find(({ endorser }) => endorser.name === organisations[0]?.name) ?? {};
    const given = await visitor.get(`${campaign}/organisations/${action}/logo`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png', authorization: `Bearer ${token}` },
      body: new Uint8Array(aPng({ width: 240, height: 80 })),
    });
    const { logo } = await given.json();
    expect([given.status, logo]).toEqual([
      200,
      { url: expect.stringMatching(`^${stack.url}/logos/[0-9a-f]{64}$`), width: 240, height: 80 },
    ]);
    const page = await newPage(false);
    await page.goto(`${stack.url}/c/${slug}?lang=en`);
    const image = page.getByRole('listitem').filter({ hasText: 'Open Minds & Co' }).locator('img');
    await image.scrollIntoViewIfNeeded();
    const shown = () => image.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.width, img.height]);
    await expect.poll(shown).toEqual([240, 120, 40]);

    await page.setViewportSize({ width: 320, height: 700 });
    const name = page.getByRole('listitem').filter({ hasText: 'Lantern Hill' }).locator('bdi').first();
    await name.evaluate((bdi) => {
      bdi.textContent = 'Bundespsychotherapeutenvereinigung'.repeat(2);
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('leave the count and the page when they are withdrawn, and the record says so', async () => {
    const { text } = await visitor.mailTo(organisations[0]?.email ?? '');
    const manage = new URL(/https?:\S+\/manage\?\S+/.exec(text)?.[0] ?? '');
    await visitor.post('/v1/withdrawals', { token: manage.searchParams.get('token') });
    expect(await counted()).toEqual({ total: 1, byCountry: { KE: 1 } });
    expect(await listed()).toEqual(['Lantern Hill <b>']);
    expect(await campaignPage()).not.toContain('/logos/');
    const { check, days } = await (await visitor.get(`${campaign}/count?format=json`)).json();
    expect([check, days]).toMatchObject([
      'equal',
      [{ signatures: { net: 1 }, endorsements: { confirmed: 2, withdrawn: 1, net: 1 } }],
    ]);
  });

  async function newPage(javaScriptEnabled: boolean): Promise<Page> {
    return (await browser.newContext({ javaScriptEnabled, locale: 'en' })).newPage();
  }

  function asCampaigner(path: string, body?: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return visitor.get(path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
  }

  async function counted() {
    await stack.host.quiet();
    return (await visitor.tally(slug)).endorsements;
  }

  async function listed(): Promise<string[]> {
    const answer = await (await visitor.get(`${campaign}/organisations?kind=endorsement`)).json();
    return answer.organisations.map(({ name }: { name: string }) => name);
  }

  async function campaignPage(): Promise<string> {
    return (await visitor.get(`/c/${slug}?lang=en`)).text();
  }
});
