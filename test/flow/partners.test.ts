import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor } from '../support/a-visitor.ts';

const slug = 'mental-health-for-all';
const partners = `/v1/campaigns/${slug}/partners`;
const lantern = `/v1/organisations/other-org/partnerships/${slug}`;
const kenya = `/v1/organisations/minds-in-common-ke/partnerships/${slug}`;
const consent = { en: 'Lantern Hill may write to me about its own work.' };
const texts = { en: 'A first conversation can change a life.' };
const email = 'amina@example.org';

describe('a coalition', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  beforeAll(async () => {
    // Every event comes twice and in any order, and still counts once.
    stack = await aStack({ shuffleAndRepeat: true });
    visitor = aVisitor(stack.url);
  });
  afterAll(() => stack?.stop());

  it('grows by a partner that is invited and accepts, with what it asks for itself', async () => {
    expect((await as('outsider', 'POST', `${lantern}/accept`, { consent })).status).toBe(404);
    expect((await as('organiser', 'POST', partners, { organisation: 'other-org' })).status).toBe(201);
    expect((await as('outsider', 'POST', `${lantern}/accept`, { consent, texts })).status).toBe(200);
    const own = { consent: { en: 'Minds in Common Kenya may write to me.' } };
    expect((await as('partner', 'PUT', kenya, own)).status).toBe(200);
  });

  it('has a page for its supporters with the words of the partner, and none of any other', async () => {
    const page = await (await visitor.get(`/c/${slug}?partner=other-org&lang=en`)).text();
    expect(page).toContain(texts.en);
    expect(page).toContain(consent.en);
    expect(page).not.toContain('Kenya may write');
    const plain = await (await visitor.get(`/c/${slug}?lang=en`)).text();
    expect(plain).not.toMatch(/Lantern Hill may|Kenya may|first conversation/);
  });

  it('counts by the partner who signs the form of that page, once it is confirmed', async () => {
    const { consents } = await (await visitor.get(`/v1/campaigns/${slug}?partner=other-org&lang=en`)).json();
    expect((await sendForm(consents)).status).toBe(303);
    await visitor.sign(aSignature({ email: 'ben@example.org' }));
    expect((await visitor.confirm(email)).status).toBe(200);
    expect((await visitor.confirm('ben@example.org')).status).toBe(200);
    await visitor.signTotal(2);
    expect(await (await as('outsider', 'GET', lantern)).json()).toMatchObject({
      state: 'accepted',
      counts: { signatures: 1, pledges: 0 },
    });
  });

  it('lets each partner export exactly those who granted it, and nothing of another', async () => {
    const ours = await exported('outsider', 'partner-other-org');
    expect(ours).toMatchObject([{ email, given_name: 'Amina', granted_text: consent.en }]);
    expect(await exported('partner', 'partner-minds-in-common-ke')).toEqual([]);
    expect(await exported('partner', 'partner-other-org')).toBe(404);
    expect(await exported('organiser', 'partner-other-org')).toBe(404);
    expect(await exported('secretariat', 'partner-other-org')).toBe(403);
  });

  it('tells in its log who came, and in the partner’s who exported', async () => {
    const { entries } = await (await as('organiser', 'GET', `/v1/campaigns/${slug}/log`)).json();
    expect(entries.map(({ verb }: { verb: string }) => verb)).toEqual([
      'actAsPartner',
      'actAsPartner',
      'invitePartners',
    ]);
    const told = await as('secretariat', 'GET', '/v1/organisations/other-org/log');
    expect((await told.json()).entries[0].changes.export.after).toMatchObject({
      consent: 'partner-other-org',
    });
  });

  it('is left by a partner, which keeps its count and those who granted it', async () => {
    expect((await as('outsider', 'DELETE', lantern)).status).toBe(204);
    expect(await (await as('outsider', 'GET', lantern)).json()).toMatchObject({
      state: 'left',
      counts: { signatures: 1, pledges: 0 },
    });
    expect(await exported('outsider', 'partner-other-org')).toMatchObject([{ email }]);
  });

  async function as(name: string, method: string, path: string, body?: object): Promise<Response> {
    const token = await fetchToken(stack.url, `${name}@example.org`);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return visitor.get(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  }

  /** As a browser without scripts sends it: all boxes ticked. */
  function sendForm(consents: { id: string; version: number }[]): Promise<Response> {
    const fields = consents.flatMap(({ id, version }, at) => [
      [`consents[${at}][id]`, id],
      [`consents[${at}][version]`, String(version)],
      [`consents[${at}][granted]`, 'true'],
    ]);
    const { consents: _, ...person } = aSignature({ email, partner: 'other-org', language: 'en' });
    const body = new URLSearchParams([...Object.entries(person), ...fields] as string[][]);
    return visitor.get(`/c/${slug}/signatures`, { method: 'POST', body });
  }

  async function exported(name: string, id: string): Promise<Record<string, string>[] | number> {
    const rows: Record<string, string>[] = [];
    let path: string | undefined = `/v1/campaigns/${slug}/export.csv?consent=${id}`;
    for (let pages = 0; path && pages < 10; pages++) {
      const answer: Response = await as(name, 'GET', path);
      if (answer.status !== 200) return answer.status;
      rows.push(...(parse(await answer.text(), { columns: true, bom: true }) as typeof rows));
      path = /<(.+)>/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    return rows;
  }
});
