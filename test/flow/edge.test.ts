import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoStack, synthesise } from '../../infra/local/demo-stack.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor, tokenIn } from '../support/a-visitor.ts';

const page = '/c/mental-health-for-all';
const tally = '/v1/campaigns/mental-health-for-all/tally';

describe('the site behind its CDN', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  beforeAll(async () => {
    stack = await aStack();
    visitor = aVisitor(stack.url);
  });
  afterAll(() => stack?.stop());

  it('names the files of a page by their content, to be kept for ever', async () => {
    const files = staticFilesOf(await (await visitor.get(page)).text());
    expect(files.map((file) => file.replace(/\.[0-9a-f]{8}\./, '.'))).toEqual([
      '/assets/icon.svg',
      '/assets/style.css',
      '/assets/tally.js',
    ]);
    for (const file of files) {
      const answer = await visitor.get(file, { headers: { origin: 'https://page.example' } });
      expect([file, answer.status]).toEqual([file, 200]);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': expect.stringMatching(/^(text\/(css|javascript)|image\/svg\+xml)/),
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
      });
    }
  });

  it('has no file under a name that is not of its content', async () => {
    for (const file of ['style.css', 'style.00000000.css', ''])
      expect((await visitor.get(`/assets/${file}`)).status).toBe(403);
  });

  it('is the only way to each function: a call that comes round it is refused', async () => {
    const calls = httpFunctionsOf(stack.host).map(async (id) => {
      const { statusCode, headers, body } = await callOf(stack.host, id);
      return [id, statusCode, headers['content-type'], JSON.parse(body).title];
    });
    for (const call of await Promise.all(calls))
      expect(call.slice(1), call[0]).toEqual([403, 'application/problem+json', 'forbidden']);
    expect(calls.length).toBeGreaterThan(15);
  });

  it('answers the tally by its path alone, to a page of any origin', async () => {
    const headers = { origin: 'https://page.example', cookie: 'a=1', 'accept-language': 'fr' };
    const plain = await visitor.get(tally);
    const other = await visitor.get(`${tally}?cache=${Math.random()}`, { headers });
    expect(await other.text()).toBe(await plain.text());
    expect(Object.fromEntries(other.headers)).toMatchObject({
      'cache-control': 'public, s-maxage=2, stale-while-revalidate=2, stale-if-error=600',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('etag'),
      etag: plain.headers.get('etag'),
    });
  });

  it('lets a page of any origin ask whether the tally has changed', async () => {
    const headers = { origin: 'https://page.example', 'access-control-request-method': 'GET' };
    const asks = { ...headers, 'access-control-request-headers': 'if-none-match' };
    const preflight = await visitor.get(tally, { method: 'OPTIONS', headers: asks });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, '*']);
    const etag = (await visitor.get(tally)).headers.get('etag') ?? '';
    const answer = await visitor.get(tally, { headers: { 'if-none-match': etag } });
    expect([answer.status, await answer.text()]).toEqual([304, '']);
  });

  it.each([
    ['/', 'public, s-maxage=10, stale-while-revalidate=10, stale-if-error=600'],
    [page, 'public, s-maxage=2, stale-while-revalidate=2, stale-if-error=600'],
  ])('may keep %s for seconds, in each language', async (path, cacheControl) => {
    const answers = ['fr', 'ar'].map((language) =>
      visitor.get(path, { headers: { 'accept-language': language } }),
    );
    const [french, arabic] = await Promise.all(answers);
    expect([french?.headers.get('cache-control'), french?.headers.get('vary')]).toEqual([
      cacheControl,
      'accept-language',
    ]);
    expect([await french?.text(), await arabic?.text()]).toEqual([
      expect.stringContaining('<html lang="fr"'),
      expect.stringContaining('<html lang="ar"'),
    ]);
  });

  it('keeps nothing that is one person’s', async () => {
    const taken = await visitor.sign(aSignature({ email: 'kept@example.org' }));
    const token = tokenIn(await visitor.mailTo('kept@example.org'));
    const paths = [
      `${page}/check-your-email?lang=en`,
      `/confirm?token=${token}`,
      '/manage?token=forged',
      '/c/no-such-campaign',
      '/v1/campaigns/no-such-campaign/tally',
    ];
    const answers = [taken, ...(await Promise.all(paths.map((path) => visitor.get(path))))];
    expect(answers.map((answer) => answer.headers.get('cache-control'))).toEqual(
      answers.map(() => 'no-store'),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 200, 200, 400, 404, 404]);
  });
});

describe('the site without a CDN', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-no-edge-'));
  let host: Host;
  beforeAll(async () => {
    const assemblyDir = join(folder, 'assembly');
    await synthesise(assemblyDir, 'off');
    host = await startHost({ ...demoStack, assemblyDir, dataDir: join(folder, 'data'), port: 0 });
  }, 150_000);
  afterAll(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves pages and the same files, and asks for no key', async () => {
    const answer = await fetch(host.url + page);
    expect(answer.status).toBe(200);
    for (const file of staticFilesOf(await answer.text())) {
      const { status, headers } = await fetch(host.url + file);
      expect([file, status, headers.get('cache-control')]).toEqual([
        file,
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
    expect((await fetch(`${host.url}/openapi.json`)).status).toBe(200);
    const [id = ''] = httpFunctionsOf(host).filter((each) => each.startsWith('CampaignsListCampaigns'));
    expect((await callOf(host, id)).statusCode).toBe(200);
  });
});

/** What a page loads. */
function staticFilesOf(html: string): string[] {
  return [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
}

/** Ids of the functions behind the API. */
function httpFunctionsOf({ template }: Host): string[] {
  const integrations = template.ofType('AWS::ApiGatewayV2::Integration');
  return integrations.map(([, { IntegrationUri }]) => template.functionId(IntegrationUri));
}

/** A call as it would come from the API's own address. */
async function callOf(host: Host, functionId: string) {
  const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: '' };
  const event = {
    version: '2.0',
    rawPath: '/',
    headers: {},
    requestContext: { http },
    isBase64Encoded: false,
  };
  return (await host.invoke(functionId, event)) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  };
}
