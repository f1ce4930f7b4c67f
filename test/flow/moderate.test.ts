import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { aCampaignText, hour } from '../support/a-campaign.ts';
import { aPledge, aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { putCampaign } from '../support/a-stored-campaign.ts';
import { aVisitor, tokenIn, until } from '../support/a-visitor.ts';

const campaign = '/v1/campaigns/mental-health-for-all';
const names = ['viewer', 'organiser', 'secretariat', 'outsider'] as const;
type Name = (typeof names)[number];

interface Listed {
  action: string;
  state: string;
  source?: string;
}

describe('what campaigners do about actions', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  let tokens: Record<string, string>;
  let burst: string[];
  beforeAll(async () => {
    stack = await aStack();
    visitor = aVisitor(stack.url);
    const fetched = names.map(async (name) => [name, await fetchToken(stack.url, `${name}@example.org`)]);
    tokens = Object.fromEntries(await Promise.all(fetched));
  });
  afterAll(() => stack?.stop());

  it('lists a burst of signatures from one source, and nothing that says whose they are', async () => {
    const from = new Date().toISOString();
    for (let at = 0; at < 6; at++) await sign(`burst${at}@example.org`, 'KE', 'qr');
    for (let at = 0; at < 2; at++) await sign(`friend${at}@example.org`, 'KE', 'share-link');
    await sign('another@example.org', 'FR');
    await stack.host.quiet();
    expect((await visitor.tally()).signatures).toMatchObject({ total: 9, byCountry: { KE: 8, FR: 1 } });
    const query = { kind: 'signature', source: 'qr', confirmedFrom: from, limit: '4' };
    const listed = await list('viewer', query);
    expect(listed.map(({ state, source }) => [state, source])).toEqual(Array(6).fill(['confirmed', 'qr']));
    expect(JSON.stringify(listed)).not.toMatch(/Amina|Otieno|burst|@/);
    burst = listed.map(({ action }) => action);
  });

  it.each([
    ['nobody', 401, 401],
    ['viewer', 200, 403],
    ['outsider', 404, 404],
  ])('lets %s list with %i and change with %i', async (name, listing, changing) => {
    expect((await get('/actions?limit=1', name as Name)).status).toBe(listing);
    expect((await invalidate(burst, name as Name)).status).toBe(changing);
    expect((await fulfil([{ action: 'a', amount: 1 }], name as Name)).status).toBe(changing);
    await stack.host.quiet();
    expect((await visitor.tally()).signatures.total).toBe(9);
  });

  it('takes the burst back: the tally goes down by exactly so many, and asking again changes nothing', async () => {
    const answer = await (await invalidate(burst, 'organiser')).json();
    expect(answer.results).toEqual(burst.map((action) => ({ action, status: 'invalidated' })));
    await stack.host.quiet();
    const after = await visitor.tally();
    expect(after.signatures).toMatchObject({ total: 3, byCountry: { KE: 2, FR: 1 } });
    const again = await (await invalidate(burst, 'secretariat')).json();
    expect(again.results).toEqual(burst.map((action) => ({ action, status: 'unchanged' })));
    await stack.host.quiet();
    expect(await visitor.tally()).toEqual(after);
    const left = await list('organiser', { kind: 'signature', state: 'confirmed' });
    expect(left.map(({ source }) => source ?? 'none').sort()).toEqual(['none', 'share-link', 'share-link']);
  });

  it('shows in the tally how much of a pledge was paid, and corrects it', async () => {
    await visitor.pledge(aPledge({ email: 'giver@example.org' }));
    await visitor.confirm('giver@example.org');
    const [pledge] = await list('organiser', { kind: 'pledge' });
    for (const [amount, status] of [
      [1_000, 'recorded'],
      [1_000, 'unchanged'],
      [2_501, 'above-pledge'],
      [2_500, 'recorded'],
      [400, 'recorded'],
    ] as const) {
      const answer = await (await fulfil([{ action: pledge?.action ?? '', amount }], 'organiser')).json();
      expect(answer.results).toEqual([{ action: pledge?.action, status }]);
    }
    await stack.host.quiet();
    expect((await visitor.tally()).pledges.byCurrency).toEqual({
      EUR: { count: 1, amount: 2_500, fulfilled: 400 },
    });
  });

  it('asks something else in a pause, and tells so to who had signed and not confirmed it', async () => {
    const slug = 'reworded';
    await putCampaign(stack, { slug });
    await visitor.sign(aSignature({ email: 'reader@example.org' }), slug);
    const token = tokenIn(await visitor.mailTo('reader@example.org'));
    await putCampaign(stack, { slug, status: 'paused', pausedAt: new Date(Date.now() - hour).toISOString() });
    const settings = `/v1/campaigns/${slug}/settings`;
    const headers = headersOf('organiser');
    const read = await (await visitor.get(settings, { headers })).json();
    const texts = { en: aCampaignText({ title: 'Better so' }) };
    const request = { method: 'PUT', headers, body: JSON.stringify({ ...read.settings, texts }) };
    const put = async () => {
      const { status } = await visitor.get(settings, request);
      return status === 503 ? undefined : status;
    };
    expect(await until(put, 'settings that are taken, or refused')).toBe(200);
    const page = await visitor.get(`/confirm?token=${encodeURIComponent(token)}`);
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('The text has changed')]);
    expect((await visitor.post('/v1/confirmations', { token })).status).toBe(410);
    await stack.host.quiet();
    expect((await visitor.tally(slug)).signatures.total).toBe(0);
  });

  async function sign(email: string, country: string, source?: string): Promise<void> {
    await visitor.sign(aSignature({ email, country, source }));
    expect((await visitor.confirm(email)).status).toBe(200);
  }

  function headersOf(name: Name): Record<string, string> {
    return {
      'content-type': 'application/json',
      ...(tokens[name] && { authorization: `Bearer ${tokens[name]}` }),
    };
  }

  function get(path: string, name: Name): Promise<Response> {
    return visitor.get(`${campaign}${path}`, { headers: headersOf(name) });
  }

  function post(path: string, name: Name, body: object): Promise<Response> {
    const request = { method: 'POST', headers: headersOf(name), body: JSON.stringify(body) };
    return visitor.get(`${campaign}${path}`, request);
  }

  function invalidate(actions: string[], name: Name): Promise<Response> {
    return post('/actions/invalidate', name, { actions, reason: 'automated' });
  }

  function fulfil(fulfilments: { action: string; amount: number }[], name: Name): Promise<Response> {
    return post('/pledges/fulfilments', name, { fulfilments });
  }

  /** All pages of a list. */
  async function list(name: Name, query: Record<string, string>): Promise<Listed[]> {
    const listed: Listed[] = [];
    let cursor = '';
    do {
      const path = `/actions?${new URLSearchParams({ ...query, ...(cursor && { cursor }) })}`;
      const page = await (await get(path, name)).json();
      listed.push(...page.actions);
      cursor = page.cursor;
    } while (cursor);
    return listed;
  }
});
