import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { aPledge, aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor, until } from '../support/a-visitor.ts';
import { readPdf, withoutSpace } from '../support/read-pdf.ts';

const countries = ['KE', 'GB', 'FR', 'EG', 'IN', 'CN', 'BR', 'MX', 'JP', 'DE', 'KE', 'GB'];

describe.each([
  { delivery: 'every event delivered once', shuffleAndRepeat: false },
  { delivery: 'every event delivered twice and shuffled', shuffleAndRepeat: true },
])('from the form to the letter, $delivery', ({ shuffleAndRepeat }) => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  beforeAll(async () => {
    stack = await aStack({ shuffleAndRepeat });
    visitor = aVisitor(stack.url);
  });
  afterAll(() => stack?.stop());

  it('counts twelve people who signed and confirmed, each once', async () => {
    for (const [at, country] of countries.entries()) {
      const answer = await visitor.sign(aSignature({ email: `person${at}@example.org`, country }));
      expect([answer.status, await answer.json()]).toEqual([202, { status: 'check-your-email' }]);
    }
    for (const at of countries.keys())
      expect((await visitor.confirm(`person${at}@example.org`)).status).toBe(200);
    await visitor.signTotal(12);
    await stack.host.quiet();
    const { signatures } = await visitor.tally();
    expect(signatures).toMatchObject({ total: 12, byCountry: { KE: 2, GB: 2, FR: 1, JP: 1 } });
  });

  it('reaches the milestone once and writes one letter to each target', async () => {
    await until(
      async () => (await letters()).every(({ state }) => state === 'delivered') || undefined,
      'letters to be delivered',
    );
    await stack.host.quiet();
    const written = await letters();
    const targets = written.map(({ target }) => target);
    expect(new Set(targets).size).toBe(targets.length);
    expect(targets.length).toBeGreaterThanOrEqual(8);
    expect((await visitor.tally()).goals).toEqual({ next: 100, reached: [10] });
    const mails = (await visitor.mails()).filter(({ attachments }) => attachments.length > 0);
    expect(mails.length).toBe(targets.length);
    expect((await visitor.tally()).governments).toMatchObject({
      targeted: targets.length,
      delivered: targets.length,
    });
  });

  it('sends letters as tagged PDFs that name the office, the country and the number reached', async () => {
    const names: Record<string, string> = {
      GB: 'UnitedKingdom',
      FR: 'France',
      MX: 'México',
      EG: 'مصر',
      IN: 'भारत',
      CN: '中国',
      BR: 'Brasil',
      KE: 'Kenya',
    };
    const token = await fetchToken(stack.url, 'organiser@example.org');
    for (const { id, country } of await letters()) {
      const answer = await visitor.get(`/v1/letters/${id}/pdf`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const pdf = await readPdf(new Uint8Array(await answer.arrayBuffer()));
      expect(pdf.marked).toBe(true);
      if (country !== 'EG') expect(withoutSpace(pdf.text)).toContain(names[country]);
      expect(pdf.text).toContain('10');
    }
  });

  it('takes a further try with an address that has signed, answers the same and counts nothing', async () => {
    const answer = await visitor.sign(aSignature({ email: 'PERSON3+again@Example.org', country: 'EG' }));
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'check-your-email' }]);
    await stack.host.quiet();
    expect((await visitor.tally()).signatures.total).toBe(12);
  });

  it('shows pledges in minor units under their currencies', async () => {
    await visitor.pledge(aPledge({ email: 'eve@example.org' }));
    await visitor.pledge(
      aPledge({ email: 'jun@example.org', country: 'JP', amount: 3_000, currency: 'JPY' }),
    );
    await visitor.confirm('eve@example.org');
    await visitor.confirm('jun@example.org');
    await until(async () => ((await visitor.tally()).pledges.total === 2 ? true : undefined), 'two pledges');
    expect((await visitor.tally()).pledges.byCurrency).toEqual({
      EUR: { count: 1, amount: 2_500, fulfilled: 0 },
      JPY: { count: 1, amount: 3_000, fulfilled: 0 },
    });
  });

  async function letters(): Promise<{ id: string; target: string; country: string; state: string }[]> {
    const token = await fetchToken(stack.url, 'organiser@example.org');
    const answer = await visitor.get('/v1/campaigns/mental-health-for-all/letters', {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()).letters;
  }
});
