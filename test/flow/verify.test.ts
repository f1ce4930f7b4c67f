import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { aPledge } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor } from '../support/a-visitor.ts';

const slug = 'mental-health-for-all';
const campaign = `/v1/campaigns/${slug}`;
const email = 'board@openminds.example.org';
const pledger = { type: 'organisation', name: 'Open Minds & Co' };

describe('a pledge of an organisation', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  let token: string;
  let pledge: { action: string; changedAt: string };
  beforeAll(async () => {
    // Every event comes twice and in any order, and still counts once.
    stack = await aStack({ shuffleAndRepeat: true });
    visitor = aVisitor(stack.url);
    token = await fetchToken(stack.url, 'organiser@example.org');
  });
  afterAll(() => stack?.stop());

  it('waits for the campaign once it is confirmed: it counts for nothing, and is shown to nobody', async () => {
    await visitor.pledge(aPledge({ email, pledger, amount: 250_000 }));
    expect((await visitor.confirm(email)).status).toBe(200);
    expect(await counted()).toEqual({ total: 0, byCurrency: {}, byCountry: {} });
    expect(await shown()).toEqual([]);
    expect(await manage()).toContain('The campaign has yet to verify it');
  });

  it('is found by campaigners, by the name of the organisation and nothing that says who spoke for it', async () => {
    const answer = await (await asCampaigner(`${campaign}/actions?toVerify=true`)).json();
    expect(answer.actions).toMatchObject([{ pledge: { amount: 250_000, currency: 'EUR', pledger } }]);
    expect(JSON.stringify(answer)).not.toMatch(/Amina|Otieno|board@/);
    [pledge] = answer.actions;
  });

  it('counts from when it is verified, once, and is shown in each language', async () => {
    expect(await verify()).toEqual(['verified']);
    expect(await verify()).toEqual(['verified-before']);
    const counts = {
      total: 1,
      byCurrency: { EUR: { count: 1, amount: 250_000, fulfilled: 0 } },
      byCountry: { KE: 1 },
    };
    expect(await counted()).toEqual(counts);
    expect(await shown()).toEqual([pledger.name]);
    expect(await page('en')).toMatch(/Open Minds &amp; Co<\/bdi>[\s\S]*€2,500.00 · Once[\s\S]*Kenya/);
    expect(await page('ar')).toMatch(/منظمات تعهدت[\s\S]*Open Minds &amp; Co<\/bdi>[\s\S]*كينيا/);
    expect(await manage()).toContain('Verified on');
  });

  it('leaves the count and the page when it is withdrawn', async () => {
    await visitor.post('/v1/withdrawals', { token: await manageToken() });
    expect(await counted()).toEqual({ total: 0, byCurrency: {}, byCountry: {} });
    expect(await shown()).toEqual([]);
    expect(await page('en')).not.toContain(pledger.name);
    const { days } = await (await visitor.get(`${campaign}/count?format=json`)).json();
    expect(days).toMatchObject([{ pledges: { confirmed: 1, withdrawn: 1, net: 0 } }]);
  });

  it('stands in the log of the campaign, with why', async () => {
    const { entries } = await (await asCampaigner(`${campaign}/log`)).json();
    const verified = entries.filter(({ verb }: { verb: string }) => verb === 'verifyActions');
    expect(verified).toHaveLength(2);
    expect(verified[0]).toMatchObject({ by: { email: 'organiser@example.org' }, reason: 'Called its board' });
  });

  function asCampaigner(path: string, body?: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return visitor.get(path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
  }

  async function verify(): Promise<string[]> {
    const { action, changedAt: unchangedSince } = pledge;
    const request = { actions: [action], unchangedSince, reason: 'Called its board' };
    const { results } = await (await asCampaigner(`${campaign}/actions/verify`, request)).json();
    return results.map(({ status }: { status: string }) => status);
  }

  async function counted() {
    await stack.host.quiet();
    return (await visitor.tally()).pledges;
  }

  async function shown(): Promise<string[]> {
    const answer = await (await visitor.get(`${campaign}/organisations`)).json();
    return answer.organisations.map(({ name }: { name: string }) => name);
  }

  async function page(lang: string): Promise<string> {
    return (await visitor.get(`/c/${slug}?lang=${lang}`)).text();
  }

  /** Confirming again answers the same. */
  async function manageToken(): Promise<string> {
    const answer = await (await visitor.confirm(email)).json();
    return new URL(answer.manageUrl).searchParams.get('token') ?? '';
  }

  async function manage(): Promise<string> {
    const path = `/manage?token=${encodeURIComponent(await manageToken())}`;
    return (await visitor.get(path)).text();
  }
});
