import { afterEach, expect, test, vi } from 'vitest';

const [key, other] = ['k'.repeat(32), 'o'.repeat(32)];

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** Status of a request that brings this key, to a function with this setting. */
async function statusOf(setting: string | undefined, brought?: string, body = '{}'): Promise<number> {
  vi.stubEnv('EDGE_KEY', setting);
  vi.resetModules();
  const { httpHandler, json } = await import('../../shared/http/http-handler.ts');
  const handler = httpHandler(async () => json(200, {}));
  const headers = {
    'content-type': 'application/json',
    ...(brought !== undefined && { 'x-groundswell-edge': brought }),
  };
  const requestContext = { http: { method: 'POST' } };
  const event = { rawPath: '/', headers, requestContext, body, isBase64Encoded: false };
  const answer = await handler(event as never, {} as never);
  return answer.statusCode ?? 0;
}

test.each([
  ['the key', key, 200],
  ['none', undefined, 403],
  ['nothing', '', 403],
  ['another', other, 403],
  ['the beginning of it', key.slice(0, 31), 403],
  ['one of the same length in other characters', 'é'.repeat(16), 403],
])(
  'a function that has a key takes only requests with it: with %s, %j, it answers %s',
  async (...[, brought, status]) => {
    expect(await statusOf(`${key} `, brought)).toBe(status);
  },
);

test('while keys are changed, both are good', async () => {
  expect(await statusOf(`${key} ${other}`, key)).toBe(200);
  expect(await statusOf(`${key} ${other}`, other)).toBe(200);
  expect(await statusOf(`${key} ${other}`, `${key} ${other}`)).toBe(403);
});

test('nothing else is looked at before', async () => {
  expect(await statusOf(key, undefined, '{ not JSON')).toBe(403);
  expect(await statusOf(key, key, '{ not JSON')).toBe(400);
});

test('without a CDN there is no key to bring', async () => {
  expect(await statusOf(undefined)).toBe(200);
});
