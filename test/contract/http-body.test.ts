import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { Problem } from '../../shared/kernel/problem.ts';

const asJson = 'application/json';
const asForm = 'application/x-www-form-urlencoded';

/** Answers with the body that it was given. */
const echo = httpHandler(async ({ body, isForm }) => json(200, { body, isForm }));

describe('the body of a request', () => {
  test.each([asJson, 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/problem+json'])(
    'is read as JSON when it is %s',
    async (type) => {
      expect(await ask(echo, type, '{"a":1}')).toMatchObject({
        status: 200,
        body: { body: { a: 1 }, isForm: false },
      });
    },
  );

  test.each([asForm, `${asForm};charset=UTF-8`])('is read as a form when it is %s', async (type) => {
    expect(await ask(echo, type, 'a[b]=1')).toMatchObject({
      status: 200,
      body: { body: { a: { b: '1' } }, isForm: true },
    });
  });

  test('is read when API Gateway hands it on in base64', async () => {
    const encoded = Buffer.from('{"name":"Élodie"}').toString('base64');
    expect(await ask(echo, asJson, encoded, { isBase64Encoded: true })).toMatchObject({
      body: { body: { name: 'Élodie' } },
    });
  });

  test('may be an empty form', async () => {
    expect(await ask(echo, asForm, undefined)).toMatchObject({ status: 200, body: { body: {} } });
  });

  test.each([undefined, '', '{', '{"a":1}}', 'a=1', "{'a':1}", '\u0000', '{"__proto__":{"a":1}}'])(
    'is malformed as JSON when it is %j',
    async (body) => {
      expect(await ask(echo, asJson, body)).toMatchObject({
        status: 400,
        type: 'application/problem+json',
        body: { type: 'urn:groundswell:problem:malformed-body' },
      });
    },
  );

  test.each([
    undefined,
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    'json',
  ])('is of another type when it is %s', async (type) => {
    expect(await ask(echo, type, '{}')).toMatchObject({ status: 415 });
  });

  test('that is of another type is told which there are: a form only where one is taken', async () => {
    const taking = httpHandler(
      async () => json(200, {}),
      () => json(400, {}),
    );
    expect(await ask(echo, 'text/plain', 'a')).toMatchObject({
      body: { detail: 'Send the body as application/json.' },
    });
    expect(await ask(taking, 'text/plain', 'a')).toMatchObject({
      body: { detail: expect.stringContaining(asForm) },
    });
  });

  test('may be missing, with its type, where all that it could say is optional', async () => {
    expect(await ask(echo, undefined, undefined)).toMatchObject({
      status: 200,
      body: { body: {}, isForm: false },
    });
  });

  test('may have 16 kB and no more, in bytes', async () => {
    const text = (bytes: number) => JSON.stringify('é'.repeat((bytes - 2) / 2));
    expect(await ask(echo, asJson, text(16_384))).toMatchObject({ status: 200 });
    expect(await ask(echo, asJson, text(16_386))).toMatchObject({ status: 413 });
    const encoded = (bytes: number) => Buffer.from(text(bytes)).toString('base64');
    expect(await ask(echo, asJson, encoded(16_384), { isBase64Encoded: true })).toMatchObject({
      status: 200,
    });
    expect(await ask(echo, asJson, encoded(16_386), { isBase64Encoded: true })).toMatchObject({
      status: 413,
    });
    expect(await ask(echo, 'text/plain', 'x'.repeat(20_000))).toMatchObject({ status: 413 });
  });

  test.each([asJson, asForm, 'text/plain', undefined])(
    'is not asked for by GET with the type %s',
    async (type) => {
      expect(await ask(echo, type, undefined, { method: 'GET' })).toMatchObject({ status: 200 });
    },
  );
});

describe('what goes wrong', () => {
  test('is told as a problem document, with when to try again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const throttled = Object.assign(new Error('secret table name'), { name: 'ThrottlingException' });
    const answer = await ask(
      httpHandler(() => Promise.reject(throttled)),
      asJson,
      '{}',
    );
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5', 'cache-control': 'no-store' },
    });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('says nothing of an error that is not meant to be shown', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await ask(
      httpHandler(() => Promise.reject(new TypeError('secret of x'))),
      asJson,
      '{}',
    );
    expect(answer).toMatchObject({ status: 500, body: { type: 'urn:groundswell:problem:internal-error' } });
    expect(JSON.stringify(answer)).not.toMatch(/secret|TypeError|at /);
  });

  test('says of a problem what it says', async () => {
    const problem = new Problem('link-expired', 'This link is no longer good.');
    const answer = await ask(
      httpHandler(() => Promise.reject(problem)),
      asJson,
      '{}',
    );
    expect(answer).toMatchObject({
      status: 410,
      body: { detail: 'This link is no longer good.', status: 410 },
    });
  });
});

interface Call {
  method?: string;
  isBase64Encoded?: boolean;
}

/** Asks a handler as API Gateway does; an answer that is a problem has to be a problem document. */
async function ask(
  handler: ReturnType<typeof httpHandler>,
  type: string | undefined,
  body: string | undefined,
  { method = 'POST', isBase64Encoded = false }: Call = {},
) {
  const event = {
    version: '2.0',
    rawPath: '/v1/x',
    headers: type === undefined ? {} : { 'content-type': type },
    requestContext: { http: { method } },
    isBase64Encoded,
    ...(body !== undefined && { body }),
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode: status, headers, body: text = '' } = await handler(event, {} as Context);
  const answer = JSON.parse(text) as Record<string, unknown>;
  if ((status ?? 0) >= 400) expect(ProblemDocument.parse(answer)).toMatchObject({ status });
  return { status, headers, type: headers?.['content-type'], body: answer };
}
