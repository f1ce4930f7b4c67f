import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import type { Database } from '../support/a-database.ts';

type Handler = Parameters<typeof callAs>[0];

let database: Database;
const handlers: Record<string, Handler> = {};

beforeAll(async () => {
  vi.setSystemTime(noon);
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  const list = await import('../../functions/actions/list-actions.http.ts');
  const invalidate = await import('../../functions/actions/invalidate-actions.http.ts');
  const verify = await import('../../functions/actions/verify-actions.ts');
  const fulfil = await import('../../functions/actions/fulfil-pledges.http.ts');
  handlers['list'] = list.handler;
  handlers['invalidate'] = invalidate.handler;
  handlers['verify'] = verify.handler;
  handlers['fulfil'] = fulfil.handler;
});
afterAll(() => database.stop());

const operations: Record<string, { query?: Record<string, string>; body?: object }> = {
  list: { query: { kind: 'pledge', limit: '1' } },
  invalidate: { body: { actions: ['root~signature~0aXk'], reason: 'test' } },
  verify: { body: { actions: ['root~pledge~0aXk'] } },
  fulfil: { body: { fulfilments: [{ action: 'root~pledge~0aXk', amount: 1 }] } },
};

describe.each(Object.entries(operations))('to %s', (operation, sent) => {
  test.each([
    ['viewer', operation === 'list' ? 200 : 403],
    ['reviewer', operation === 'list' ? 200 : 403],
    ['organiser', 200],
    ['owner', 200],
    ['secretariat', 200],
    ['outsider', 404],
    ['chapter-organiser', 404],
    ['stranger', 404],
  ])('%s is answered %i', async (name, status) => {
    expect((await call(operation, sent, claimsOf(name))).status).toBe(status);
  });

  test('somebody whose address is not verified is a stranger', async () => {
    const claims = { ...claimsOf('organiser'), email_verified: 'false' };
    expect((await call(operation, sent, claims)).status).toBe(404);
  });

  test('a stranger is answered alike whether there is such a campaign or not, and whatever is sent', async () => {
    const claims = claimsOf('outsider');
    const nonsense = { ...(sent.body ? { body: { nonsense: 1 } } : { query: { nonsense: '1' } }) };
    const answers = await Promise.all([
      call(operation, sent, claims),
      call(operation, nonsense, claims),
      call(operation, sent, claims, 'no-such-campaign'),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });
});

function call(
  operation: string,
  sent: (typeof operations)[string],
  claims: Record<string, string>,
  slug = 'root',
) {
  return callAs(handlers[operation] as Handler, { slug, claims, ...sent });
}
