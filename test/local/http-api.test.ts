import { request as send } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FunctionError } from '../../infra/local/contract.ts';
import { createHttpApi } from '../../infra/local/site/http-api.ts';
import type { HttpApiEvent } from '../../infra/local/site/http-event.ts';
import { toListener } from '../../infra/local/site/site-request.ts';
import { anHttpApi, serve } from './serve.ts';

let running: Awaited<ReturnType<typeof serve>> | undefined;
afterEach(() => running?.close());

/** Serves the routes; the last event and its function are in `seen`, and every function answers `result`. */
async function anApi(
  routes: Record<string, Record<string, unknown>>,
  result: unknown = { statusCode: 200, body: 'done' },
  options: Parameters<typeof anHttpApi>[1] = {},
) {
  const seen: { functionId: string; event: HttpApiEvent }[] = [];
  const invoke = async (functionId: string, event: unknown) => {
    seen.push({ functionId, event: event as HttpApiEvent });
    return typeof result === 'function' ? result() : result;
  };
  running = await serve(() => [toListener(createHttpApi(anHttpApi(routes, options), invoke))]);
  return { origin: running.origin, seen, event: () => seen.at(-1)?.event as HttpApiEvent };
}

/** `fetch` hides duplicates of headers, and cannot send them. */
function rawRequest(url: string, headers: (readonly [string, string])[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'GET' }, (response) => response.resume().on('end', resolve));
    for (const name of new Set(headers.map(([each]) => each))) {
      const values = headers.filter(([each]) => each === name).map(([, value]) => value);
      request.setHeader(name, values);
    }
    request.on('error', reject).end();
  });
}

describe('the event of payload format 2.0', () => {
  test('carries the request as API Gateway words it', async () => {
    const api = await anApi({ 'GET /v1/campaigns/{slug}': {} });
    await fetch(`${api.origin}/v1/campaigns/peace%20now?lang=fr&tag=a&tag=b%20c`, {
      headers: { 'User-Agent': 'test' },
    });
    expect(api.event()).toMatchObject({
      version: '2.0',
      routeKey: 'GET /v1/campaigns/{slug}',
      rawPath: '/v1/campaigns/peace now',
      rawQueryString: 'lang=fr&tag=a&tag=b%20c',
      queryStringParameters: { lang: 'fr', tag: 'a,b c' },
      pathParameters: { slug: 'peace now' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'Api',
        domainName: 'localhost',
        domainPrefix: 'localhost',
        http: { method: 'GET', path: '/v1/campaigns/peace now', protocol: 'HTTP/1.1', userAgent: 'test' },
        routeKey: 'GET /v1/campaigns/{slug}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
    });
    expect(api.event()).not.toHaveProperty('body');
    expect(api.event()).not.toHaveProperty('cookies');
  });

  test('joins repeated headers by a comma and sets cookies apart', async () => {
    const api = await anApi({ 'GET /': {} });
    await rawRequest(`${api.origin}/`, [
      ['X-Many', 'one'],
      ['X-Many', 'two'],
      ['Cookie', 'a=1; b=2'],
      ['X-Forwarded-For', '203.0.113.7'],
    ]);
    const { headers, cookies } = api.event();
    expect(headers['x-many']).toBe('one,two');
    expect(cookies).toEqual(['a=1', 'b=2']);
    expect(headers).not.toHaveProperty('cookie');
    expect(headers['x-forwarded-for']).toMatch(/^203\.0\.113\.7, (127\.0\.0\.1|::1)$/);
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/csv', false],
    ['application/problem+json', true],
    ['application/x-www-form-urlencoded', true],
    ['image/png', true],
  ])('a body of %s is base64: %s', async (contentType, isBase64Encoded) => {
    const api = await anApi({ 'POST /': {} });
    const body = Buffer.from('{"é": "\u{1f64c}"}');
    await fetch(`${api.origin}/`, { method: 'POST', headers: { 'content-type': contentType }, body });
    const event = api.event();
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8')).toEqual(body);
  });

  test('keeps every byte of a binary body', async () => {
    const api = await anApi({ 'POST /': {} });
    const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await fetch(`${api.origin}/`, { method: 'POST', body });
    expect(Buffer.from(api.event().body ?? '', 'base64')).toEqual(body);
  });
});

describe('routes', () => {
  const routes = {
    'GET /pets/dog/1': {},
    'GET /pets/dog/{id}': {},
    'GET /pets/{proxy+}': {},
    'ANY /{proxy+}': {},
  };

  test.each([
    ['GET', '/pets/dog/1', 'Fn0', undefined],
    ['GET', '/pets/dog/2', 'Fn1', { id: '2' }],
    ['GET', '/pets/cat/1', 'Fn2', { proxy: 'cat/1' }],
    ['GET', '/pets/', 'Fn2', { proxy: '' }],
    ['GET', '/pets', 'Fn3', { proxy: 'pets' }],
    ['POST', '/pets/dog/1', 'Fn3', { proxy: 'pets/dog/1' }],
    ['GET', '/birds', 'Fn3', { proxy: 'birds' }],
  ])('%s %s goes to the most specific one', async (method, path, functionId, parameters) => {
    const api = await anApi(routes);
    await fetch(`${api.origin}${path}`, { method });
    expect(api.seen.at(-1)?.functionId).toBe(functionId);
    expect(api.event().pathParameters).toEqual(parameters);
  });

  test('$default takes what no other route takes', async () => {
    const api = await anApi({ $default: {}, 'GET /a': {} });
    await fetch(`${api.origin}/a/b/c`);
    expect(api.event().routeKey).toBe('$default');
    expect(api.event()).not.toHaveProperty('pathParameters');
  });

  test.each(['POST', 'HEAD', 'OPTIONS'])('a route of GET does not answer %s', async (method) => {
    const api = await anApi({ 'GET /a': {} });
    expect((await fetch(`${api.origin}/a`, { method })).status).toBe(404);
    expect(api.seen).toEqual([]);
  });

  test('a path that no route knows is left to the next listener', async () => {
    const api = await anApi({ 'GET /a': {} });
    expect(await (await fetch(`${api.origin}/b`)).text()).toBe('nobody');
    expect((await fetch(`${api.origin}/a/`)).status).toBe(404);
  });

  test('a path that cannot be decoded is a bad request', async () => {
    const api = await anApi({ 'GET /{a}': {} });
    expect((await fetch(`${api.origin}/%E0%A4%A`)).status).toBe(400);
  });
});

describe('answers', () => {
  test('carry status, headers, cookies and binary bodies', async () => {
    const body = Buffer.from([0, 255, 10, 13]);
    const headers = { 'Content-Type': 'application/pdf', 'X-Count': 3 };
    const cookies = ['a=1; Path=/', 'b=2'];
    const result = {
      statusCode: 201,
      headers,
      cookies,
      body: body.toString('base64'),
      isBase64Encoded: true,
    };
    const api = await anApi({ 'GET /': {} }, result);
    const answer = await fetch(`${api.origin}/`);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('x-count')).toBe('3');
    expect(answer.headers.getSetCookie()).toEqual(cookies);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(body);
  });

  test.each([
    [{ hello: 'there' }, '{"hello":"there"}'],
    ['hello', 'hello'],
    [[1, 2], '[1,2]'],
  ])('without a status code are JSON: %j', async (result, body) => {
    const api = await anApi({ 'GET /': {} }, result);
    const answer = await fetch(`${api.origin}/`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.text()).toBe(body);
  });

  test('of 304 have no body', async () => {
    const api = await anApi({ 'GET /': {} }, { statusCode: 304, headers: { etag: '"1"' } });
    const answer = await fetch(`${api.origin}/`);
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, '"1"', '']);
  });

  test.each([
    [
      'a function that throws',
      () => Promise.reject(new FunctionError('secret detail')),
      500,
      'Internal Server Error',
    ],
    ['a status code that is none', { statusCode: 'yes' }, 500, 'Internal Server Error'],
    [
      'a header that splits the answer',
      { statusCode: 200, headers: { a: 'b\r\nc: d' } },
      500,
      'Internal Server Error',
    ],
  ])('%s is worded by the gateway', async (_, result, status, message) => {
    vi.spyOn(console, 'error').mockReturnValue();
    const api = await anApi({ 'GET /': {} }, result);
    const answer = await fetch(`${api.origin}/`);
    expect([answer.status, await answer.json()]).toEqual([status, { message }]);
  });

  test('a body over 10 MB is refused, declared or not', async () => {
    const api = await anApi({ 'POST /': {} });
    const big = Buffer.alloc(10 * 1024 * 1024 + 1);
    const declared = await fetch(`${api.origin}/`, { method: 'POST', body: big });
    expect([declared.status, await declared.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    const init = { method: 'POST', body: new Blob([big]).stream(), duplex: 'half' } as RequestInit;
    expect((await fetch(`${api.origin}/`, init)).status).toBe(413);
    expect(api.seen).toEqual([]);
  });

  test('a route over its rate is 429 until its bucket fills again', async () => {
    const throttle = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 2 };
    const api = await anApi({ 'GET /': {} }, 'ok', { stage: { DefaultRouteSettings: throttle } });
    const statuses = async () => (await fetch(`${api.origin}/`)).status;
    const burst = await Promise.all([statuses(), statuses(), statuses(), statuses()]);
    expect(burst.sort()).toEqual([200, 200, 429, 429]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await statuses()).toBe(200);
  });
});

describe('CORS', () => {
  const cors = {
    AllowOrigins: ['*'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['content-type'],
    MaxAge: 600,
  };
  const preflight = { Origin: 'https://page.example', 'Access-Control-Request-Method': 'POST' };

  test('declared on the API, is answered by the gateway', async () => {
    const api = await anApi({ 'POST /a': {} }, 'ok', { api: { CorsConfiguration: cors } });
    const answer = await fetch(`${api.origin}/a`, { method: 'OPTIONS', headers: preflight });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(answer.headers.get('access-control-max-age')).toBe('600');
    expect(api.seen).toEqual([]);
  });

  test('not declared, is left to the function', async () => {
    const own = { statusCode: 204, headers: { 'access-control-allow-origin': 'https://page.example' } };
    const api = await anApi({ 'OPTIONS /a': {} }, own);
    const answer = await fetch(`${api.origin}/a`, { method: 'OPTIONS', headers: preflight });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://page.example');
  });
});
