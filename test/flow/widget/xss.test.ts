import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../../infra/local/token.ts';
import { type HostileCampaign, putHostileCampaigns, withText } from '../../support/a-hostile-campaign.ts';
import { aSignature } from '../../support/a-person.ts';
import { putCampaign } from '../../support/a-stored-campaign.ts';
import { tokenIn } from '../../support/a-visitor.ts';
import type { WidgetElement } from '../../support/a-widget.ts';
import { aWidgetStage, type EmbedCode, type WidgetStage } from '../../support/a-widget-stage.ts';
import { aLongWord, xssCorpus } from '../../support/an-xss-corpus.ts';
import { byTurns } from '../../support/by-turns.ts';
import { suspectsOn } from '../../support/suspects-on.ts';

const seeded = 'mental-health-for-all';

describe('what somebody else typed, in a browser', () => {
  let stage: WidgetStage;
  let campaigns: HostileCampaign[];
  let codes: EmbedCode[];
  beforeAll(async () => {
    stage = await aWidgetStage();
    campaigns = await putHostileCampaigns(stage.stack);
    codes = await byTurns(campaigns, ({ slug, partner }) => stage.embedCode({ partner }, slug));
  });
  afterEach(() => stage?.leave());
  afterAll(() => stage?.stop());

  it('shows as text in the widget, in every field of a campaign and at every step', async () => {
    const page = await stage.openHost({ body: codes.map(({ script }) => script).join('\n') }, trapped);
    const titles = page.locator('groundswell-action [part~="title"]');
    await expect.poll(() => titles.count(), { timeout: 20_000 }).toBe(xssCorpus.length);
    expect((await titles.allTextContents()).map(readable)).toEqual(xssCorpus.map(readable));
    for (const step of ['pledge', 'share', 'signature']) {
      await allGoTo(page, step);
      expect(await suspectsOn(page)).toEqual([]);
    }
    const seen = await page
      .locator('groundswell-action')
      .evaluateAll((all) => all.map(({ shadowRoot }) => shadowRoot?.textContent ?? ''));
    // Title, summary, text twice, organisation, consent, the partner's, beneficiary and purpose.
    for (const [at, text] of xssCorpus.entries())
      expect(countOf(text, seen[at]), text).toBeGreaterThanOrEqual(9);
  });

  it('shows as text in the snippets, where there are no scripts', async () => {
    const cards = await byTurns(codes, async ({ oembed }) => (await (await fetch(oembed)).json()).html);
    const snippets = codes.flatMap(({ script, pinned, iframe, link }) => [script, pinned, iframe, link]);
    const body = [...snippets, ...cards].join('\n');
    const page = await stage.openHost({ body }, { ...trapped, javaScriptEnabled: false });
    expect(await suspectsOn(page)).toEqual([]);
    const seen = await page.locator('body').textContent();
    for (const text of xssCorpus) expect(countOf(text, seen), text).toBeGreaterThanOrEqual(4);
  });

  it('shows as text on our pages: of the campaign, its counting rule, the list of campaigns', async () => {
    const page = await openOurs('/?lang=en');
    expect(await suspectsOn(page)).toEqual([]);
    const home = await page.locator('body').textContent();
    for (const text of xssCorpus) expect(countOf(text, home), text).toBeGreaterThan(0);
    // Once each: title, summary, organisation, moment, note, introduction, partner (there and in the list), beneficiary and
    // purpose; twice: text; in both forms: consent and that of the partner.
    for (const [suffix, times] of [
      ['', 16],
      ['/count', 1],
    ] as const) {
      const texts = await textsOf(
        page,
        campaigns.map(({ slug, partner }) => `/c/${slug}${suffix}?partner=${partner}&lang=en`),
      );
      for (const [at, text] of xssCorpus.entries())
        expect(countOf(text, texts[at]), text).toBeGreaterThanOrEqual(times);
    }
    const texts = await textsOf(
      page,
      campaigns.map(({ slug, partner }) => `/embed/${slug}?partner=${partner}`),
    );
    for (const [at, text] of xssCorpus.entries()) expect(countOf(text, texts[at]), text).toBeGreaterThan(0);
  });

  it('shows as text where an organisation invites somebody: in the mail and on its page', async () => {
    const token = await fetchToken(stage.url, 'secretariat@example.org');
    const mails = await byTurns(campaigns, ({ owner }) => inviteTo(owner, token));
    const page = await openOurs('/?lang=en');
    const texts = await textsOf(
      page,
      mails.map((mail) => `/invitation?lang=en&token=${tokenIn(mail)}`),
    );
    for (const [at, text] of xssCorpus.entries())
      expect(countOf(text, texts[at]), text).toBeGreaterThanOrEqual(2);
    // Mails have styles of their own, which are not for our pages.
    const blank = await stage.open();
    expect(
      await suspectsOn(
        blank,
        mails.map(({ html }) => html),
      ),
    ).toEqual([]);
  });

  it.each([4, 5, 22, 26, 32])('does nothing on the pages of a campaign that are opened (%i)', async (at) => {
    const page = await openOurs(`/c/${campaigns[at]?.slug}?lang=en&partner=${campaigns[at]?.partner}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await suspectsOn(page)).toEqual([]);
    await page.goto(`${stage.url}/embed/${campaigns[at]?.slug}?lang=en`);
    await page.locator('groundswell-action [part~="form"]').waitFor();
    expect(await suspectsOn(page)).toEqual([]);
  });

  it('is only a word that is not known, in an attribute of the element', async () => {
    const page = await stage.openHost({ body: codes[0]?.script ?? '' }, { ...trapped, expected: /./ });
    const elements = xssCorpus.flatMap((text): Record<string, string>[] => [
      { campaign: seeded, lang: text, kind: text, partner: text, source: text, theme: text },
      { campaign: text },
      { campaign: seeded, api: text },
    ]);
    await page.evaluate(addElements, { elements, api: stage.url });
    const cards = page.locator('groundswell-action [part~="card"]');
    await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(1 + elements.length);
    expect(await suspectsOn(page)).toEqual([]);
    const forms = page.locator(`groundswell-action[campaign="${seeded}"][theme] [part~="form"]`);
    expect(await forms.count()).toBe(xssCorpus.length);
  });

  it('is only a word that is not known, in the address of a page', async () => {
    const page = await openOurs('/?lang=en');
    const names = ['lang', 'kind', 'partner', 'source', 'theme', 'token', 'number'];
    const others = ['/', '/confirm', '/manage', '/letters', '/confirmed', `/c/${seeded}/check-your-email`];
    const paths = xssCorpus.flatMap((text, at) => {
      const query = new URLSearchParams(Object.fromEntries(names.map((name) => [name, text])));
      const pages = [`/c/${seeded}`, `/embed/${seeded}`, others[at % others.length]];
      return [...pages.map((path) => `${path}?${query}`), `/c/${encodeURIComponent(text)}`];
    });
    await textsOf(page, paths);
  });

  it('is only a word that is not known to the snippets and to oEmbed', async () => {
    const page = await openOurs('/?lang=en');
    const answers = await byTurns(xssCorpus, async (text) => {
      const query = new URLSearchParams({ lang: text, kind: text, partner: text, source: text, theme: text });
      const address = new URLSearchParams({ url: `${stage.url}/c/${seeded}?x=${text}`, maxwidth: text });
      const embed = await stage.visitor.get(`/v1/campaigns/${seeded}/embed?${query}`);
      const card = await stage.visitor.get(`/oembed?${address}`);
      for (const { headers } of [embed, card])
        expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json/);
      return [...Object.values(await embed.json()), ...Object.values(await card.json())].join('\n');
    });
    expect(await suspectsOn(page, answers)).toEqual([]);
  });

  it('shows as text where supporters are named: to all, in their mail and on their own pages', async () => {
    const named = (await byTurns(xssCorpus, signAs)).filter((each) => each !== undefined);
    expect(named.length).toBeGreaterThan(20);
    await stage.stack.host.quiet();
    const page = await openOurs(`/c/${seeded}?lang=en`);
    expect(await suspectsOn(page)).toEqual([]);
    const seen = await page.locator('body').textContent();
    expect(named.filter(({ name }) => countOf(name, seen) > 0).length).toBeGreaterThanOrEqual(5);
    const own = await textsOf(
      page,
      named.map(({ managePath }) => managePath),
    );
    for (const [at, { name }] of named.entries()) expect(countOf(name, own[at]), name).toBeGreaterThan(0);
    // Mails have styles of their own, which are not for our pages.
    const blank = await stage.open();
    const mails = named.map(({ mail }) => mail);
    expect(await suspectsOn(blank, mails)).toEqual([]);
  });

  it('stays inside a narrow screen when it is one long word', async () => {
    const slug = 'long-words';
    await putCampaign(stage.stack, { slug, ...withText(aLongWord(1_000)) });
    const { script } = await stage.embedCode({}, slug);
    const page = await stage.openHost({ body: script }, { viewport: { width: 320, height: 640 } });
    const form = page.locator('groundswell-action [part~="form"]');
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await form.waitFor();
    expect(await width()).toBe(320);
    await page.goto(`${stage.url}/c/${slug}?lang=en`);
    await form.waitFor();
    expect(await width()).toBe(320);
  });

  async function openOurs(path: string): Promise<Page> {
    const page = await stage.open(trapped);
    await page.goto(stage.url + path);
    return page;
  }

  /** Has the browser read pages as they are sent, none of which may have anything suspect in it. Their texts. */
  async function textsOf(page: Page, paths: string[]): Promise<string[]> {
    const sent = await byTurns(paths, readPage);
    expect(await suspectsOn(page, sent)).toEqual([]);
    return page.evaluate(
      (all) => all.map((html) => new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''),
      sent,
    );
  }

  async function readPage(path: string): Promise<string> {
    const answer = await stage.visitor.get(path);
    expect([200, 400, 404], path).toContain(answer.status);
    expect(answer.headers.get('content-type')).toMatch(/^(text\/html|application\/json)/);
    return answer.text();
  }

  /** Invites somebody to an organisation, and waits for the mail. */
  async function inviteTo(organisation: string, token: string) {
    const email = `invited-to-${organisation}@example.org`;
    const answer = await fetch(`${stage.url}/v1/organisations/${organisation}/invitations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email, role: 'owner' }),
    });
    expect(answer.status).toBe(201);
    return stage.visitor.mailTo(email);
  }

  /** Signs by that name, to be shown, and confirms; nothing when it is refused as a name. */
  async function signAs(name: string, at: number) {
    const email = `named${at}@example.org`;
    const body = aSignature({ email, givenName: name, familyName: name, display: 'name' });
    const answer = await stage.visitor.sign(body);
    if (answer.status === 422) return undefined;
    expect(answer.status).toBe(202);
    const { html: mail } = await stage.visitor.mailTo(email);
    const { manageUrl } = await (await stage.visitor.confirm(email)).json();
    const { pathname, search } = new URL(manageUrl);
    return { name, mail, managePath: pathname + search };
  }
});

/** Where nothing calls it, it is not even defined: then a call of it is an error. */
const trapped = {
  prepare: () => {
    Object.assign(window, { __xss: () => console.error('a text of somebody else was run') });
  },
};

/** How often a text is in another, as it is read: parsers replace what cannot be in a page, and white space is joined. */
function countOf(text: string, seen: string | null | undefined): number {
  return readable(seen ?? '').split(readable(text)).length - 1;
}

function readable(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\ufffd', '').replace(/\s+/g, ' ').trim();
}

function addElements({ elements, api }: { elements: Record<string, string>[]; api: string }): void {
  for (const attributes of elements) {
    const element = document.createElement('groundswell-action');
    for (const [name, value] of Object.entries({ api, ...attributes })) element.setAttribute(name, value);
    document.body.append(element);
  }
}

function allGoTo(page: Page, step: string): Promise<void> {
  return page.locator('groundswell-action').evaluateAll((all, name) => {
    for (const element of all as WidgetElement[]) element.go(name);
  }, step);
}
