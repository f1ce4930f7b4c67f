import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPledge, aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor, tokenIn, until } from '../support/a-visitor.ts';

describe('what a link, a form and an answer may do', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  /** The token of the one mail to somebody who cannot wait. */
  let eager: string;
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

  const countActions = async () => {
    const database = new DynamoDBClient(stack.host.client);
    const tables = stack.host.template.ofType('AWS::DynamoDB::Table').map(([id]) => id);
    const TableName = stack.host.template.nameOf(tables.find((id) => id.startsWith('ActionsTable')) ?? '');
    return (await database.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count ?? 0;
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

  it('takes one action, and sends one mail, when a mailbox submits a hundred times at once, however it is spelled', async () => {
    const [mailed, stored] = [(await visitor.mails()).length, await countActions()];
    const answers = await Promise.all(
      spellings(100).map((email, at) => visitor.sign(aSignature({ email, givenName: `Amina ${at}` }))),
    );
    expect(await bytesOf(answers)).toEqual([`202 {"status":"check-your-email"}`]);
    await stack.host.quiet();
    const mails = (await visitor.mails()).slice(mailed);
    expect([mails.length, (await countActions()) - stored]).toEqual([1, 1]);
    eager = tokenIn(mails[0] ?? { text: 'no mail' });
    expect(await totals()).toEqual([0, 0]);
  });

  it('counts once when a link is confirmed a hundred times at once, and answers the same each time', async () => {
    const mailed = (await visitor.mails()).length;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => visitor.post('/v1/confirmations', { token: eager })),
    );
    expect(await bytesOf(answers)).toEqual([expect.stringContaining('200 {"status":"confirmed"')]);
    expect(await totals()).toEqual([1, 0]);
    expect((await visitor.mails()).length).toBe(mailed);
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
    const { manageUrl } = await (await visitor.post('/v1/confirmations', { token: eager })).json();
    const token = new URL(manageUrl).searchParams.get('token');
    const answer = await visitor.post('/v1/erasures', { token });
    expect([answer.status, (await answer.json()).status]).toEqual([200, 'erased']);
    expect(await totals()).toEqual([0, 0]);
    expect(await (await fetch(manageUrl)).text()).not.toMatch(/eager/i);
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

/** So many ways to write one mailbox: in capitals, with dots, with a tag, and at either name of its provider. */
function spellings(many: number): string[] {
  return Array.from({ length: many }, (_, at) => {
    const letters = [...'eagersigner'].map((letter, place) =>
      (at >> place) & 1 ? letter.toUpperCase() : letter,
    );
    const local = `${letters.slice(0, 5).join('')}${at % 3 ? '.' : ''}${letters.slice(5).join('')}`;
    return `${local}${at % 4 ? `+${at}` : ''}@${at % 2 ? 'gmail.com' : 'GoogleMail.com'}`;
  });
}

/** Status and body of answers: as many as differ. */
async function bytesOf(answers: Response[]): Promise<string[]> {
  return [...new Set(await Promise.all(answers.map(async (it) => `${it.status} ${await it.text()}`)))];
}
