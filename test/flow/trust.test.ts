import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPledge, aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor, tokenIn, until } from '../support/a-visitor.ts';

describe('what a link, a form and an answer may do', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  beforeAll(async () => {
    stack = await aStack();
    visitor = aVisitor(stack.url);
  });
  afterAll(() => stack?.stop());

  const totals = async () => {
    await stack.host.quiet();
    const { signatures, pledges } = await visitor.tally();
    return [signatures.total, pledges.total];
  };

  it('changes nothing when links of mails are opened, by GET or HEAD', async () => {
    await visitor.sign(aSignature({ email: 'scanned@example.org' }));
    const mail = await visitor.mailTo('scanned@example.org');
    const links = [
      ...new Set(
        [...`${mail.text}${mail.html}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) =>
          link.replaceAll('&amp;', '&'),
        ),
      ),
    ];
    expect(links.some((link) => link.includes('/confirm?token='))).toBe(true);
    for (const link of links) {
      const answer = await fetch(link);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      await fetch(link, { method: 'HEAD' });
      await fetch(link, { method: 'OPTIONS' });
    }
    expect(await totals()).toEqual([0, 0]);
  });

  it('counts once when a link is confirmed fifty times at once, and answers the same each time', async () => {
    await visitor.sign(aSignature({ email: 'eager@example.org' }));
    const token = tokenIn(await visitor.mailTo('eager@example.org'));
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => visitor.post('/v1/confirmations', { token })),
    );
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(bodies).size).toBe(1);
    expect(await totals()).toEqual([1, 0]);
  });

  it('refuses a token that is altered in any character', async () => {
    await visitor.sign(aSignature({ email: 'forged@example.org' }));
    const token = tokenIn(await visitor.mailTo('forged@example.org'));
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const answer = await visitor.post('/v1/confirmations', {
        token: token.slice(0, at) + other + token.slice(at + 1),
      });
      expect([at, answer.status]).toEqual([at, 400]);
    }
    expect(await totals()).toEqual([1, 0]);
  });

  it('follows a withdrawal, and lets the person sign again', async () => {
    const { manageUrl } = await (await visitor.confirm('forged@example.org')).json();
    expect(await totals()).toEqual([2, 0]);
    const token = new URL(manageUrl).searchParams.get('token');
    expect((await fetch(manageUrl)).status).toBe(200);
    for (let time = 0; time < 2; time++) {
      const answer = await visitor.post('/v1/withdrawals', { token });
      expect([answer.status, (await answer.json()).status]).toEqual([200, 'withdrawn']);
    }
    expect(await totals()).toEqual([1, 0]);
    expect((await visitor.confirm('forged@example.org')).status).toBe(410);
  });

  it('erases what was said, and stops counting it', async () => {
    const { manageUrl } = await (await visitor.confirm('eager@example.org')).json();
    const token = new URL(manageUrl).searchParams.get('token');
    const answer = await visitor.post('/v1/erasures', { token });
    expect([answer.status, (await answer.json()).status]).toEqual([200, 'erased']);
    expect(await totals()).toEqual([0, 0]);
    expect(await (await fetch(manageUrl)).text()).not.toContain('eager@example.org');
  });

  it.each([
    ['no JSON', '{', 'application/json', 400],
    ['another content type', 'a=b', 'text/plain', 415],
    ['a body over 16 kB', JSON.stringify(aSignature({ note: 'x'.repeat(17_000) })), 'application/json', 413],
    ['an unknown field', JSON.stringify(aSignature({ isAdmin: true })), 'application/json', 422],
  ])('answers %s with a problem, and stores nothing', async (_, body, contentType, status) => {
    const answer = await fetch(`${stack.url}/v1/campaigns/mental-health-for-all/signatures`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    const problem = await answer.json();
    expect(problem).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    expect(JSON.stringify(problem)).not.toContain('node_modules');
  });

  it('answers 404 for an unknown campaign', async () => {
    expect((await visitor.sign(aSignature(), 'no-such-campaign')).status).toBe(404);
    expect((await visitor.get('/v1/campaigns/no-such-campaign')).status).toBe(404);
    expect((await visitor.get('/v1/campaigns/no-such-campaign/tally')).status).toBe(404);
  });

  it('answers 503 with Retry-After while the database refuses, and nothing is half-written', async () => {
    const fault = {
      service: 'dynamodb',
      operation: 'UpdateItem',
      times: 3,
      error: { name: 'ProvisionedThroughputExceededException', message: 'refused', status: 400 },
    };
    stack.host.faults.add({ ...fault, when: 'before' as const });
    const answer = await visitor.sign(aSignature({ email: 'refused@example.org' }));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await stack.host.quiet();
    expect(await visitor.mails('refused@example.org')).toEqual([]);
    expect((await visitor.sign(aSignature({ email: 'refused@example.org' }))).status).toBe(202);
    await visitor.mailTo('refused@example.org');
  });

  it('answers any origin without credentials, preflight included', async () => {
    const preflight = await fetch(`${stack.url}/v1/campaigns/mental-health-for-all/signatures`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://partner.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('sends one mail for a pledge that is made and confirmed', async () => {
    await visitor.pledge(aPledge({ email: 'again@example.org' }));
    await visitor.confirm('again@example.org');
    await until(async () => ((await visitor.tally()).pledges.total === 1 ? true : undefined), 'the pledge');
    expect((await visitor.mails('again@example.org')).length).toBe(1);
  });

  it('shows a forged or unfinished link as a page, not as a stack trace', async () => {
    for (const path of ['/confirm?token=abc', '/confirm', '/manage?token=', '/confirmed?token=a.b.c.d.e.f']) {
      const answer = await visitor.get(path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        400,
        'text/html; charset=utf-8',
      ]);
    }
  });

  it('lets only campaigners of the organisation read its letters', async () => {
    const path = '/v1/campaigns/mental-health-for-all/letters';
    expect((await visitor.get(path)).status).toBe(401);
    const { fetchToken } = await import('../../infra/local/token.ts');
    const statuses = await Promise.all(
      ['viewer', 'organiser', 'secretariat', 'outsider'].map(async (name) => {
        const token = await fetchToken(stack.url, `${name}@example.org`);
        return (await visitor.get(path, { headers: { authorization: `Bearer ${token}` } })).status;
      }),
    );
    expect(statuses).toEqual([200, 200, 200, 404]);
  });
});
