import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticFiles } from '../../infra/constructs/static-files.ts';
import { demoStack, synthesise } from '../../infra/local/demo-stack.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aVisitor, tokenIn } from '../support/a-visitor.ts';

const page = '/c/mental-health-for-all';
const tally = '/v1/campaigns/mental-health-for-all/tally';
const embed = '/v1/campaigns/mental-health-for-all/embed';
const fromElsewhere = { origin: 'https://page.example' };
const stable = 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400';

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
    const served = staticFiles.map(({ servedAs }) => `/assets/${servedAs}`);
    expect(files.length).toBeGreaterThan(3);
    expect(served).toEqual(expect.arrayContaining(files));
  });

  it.each(staticFiles.map(({ name, servedAs, content }) => [name, servedAs, content] as const))(
    'has %s, byte by byte, for pages of any origin',
    async (_, servedAs, content) => {
      const answer = await visitor.get(`/assets/${servedAs}`, { headers: fromElsewhere });
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': expect.stringMatching(
          /^(text\/(css|javascript)|application\/json|image\/(svg\+xml|png))$/,
        ),
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
      });
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    },
  );

  it('has the newest widget at one stable address, the same as under its hashed name', async () => {
    const answer = await visitor.get('/widget.js', { headers: fromElsewhere });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript',
      'cache-control': stable,
      'access-control-allow-origin': '*',
    });
    expect(await answer.text()).toBe(await (await visitor.get(hashedWidget)).text());
    const known = await visitor.get('/widget.js', {
      headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
    });
    expect(known.status).toBe(304);
  });

  it('pins a widget by the hash of what it serves', async () => {
    const { pinned } = await (await visitor.get(embed)).json();
    const [, src = '', integrity] = /src="([^"]+)" integrity="([^"]+)"/.exec(pinned) ?? [];
    expect(src).toBe(`${stack.url}${servedAs('widget-whole.js')}`);
    const content = await (await fetch(src)).text();
    expect(integrity).toBe(`sha384-${createHash('sha384').update(content).digest('base64')}`);
  });

  it('lets a browser keep for a day that a page may submit', async () => {
    const asks = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await visitor.get('/v1/campaigns/mental-health-for-all/signatures', {
      method: 'OPTIONS',
      headers: { ...fromElsewhere, ...asks },
    });
    expect([preflight.status, preflight.headers.get('access-control-max-age')]).toEqual([204, '86400']);
  });

  it('has no file under a name that is not of its content', async () => {
    for (const file of ['style.css', 'style.00000000.css', ''])
      expect((await visitor.get(`/assets/${file}`)).status).toBe(403);
  });

  it('is the only way to each function: a call that comes round it is refused', async () => {
    const routes = routesOf(stack.host);
    // One after the other: each is loaded for its call, and all at once they would take the machine from each other.
    for (const route of routes) {
      const { statusCode, headers, body } = await callOf(stack.host, route);
      const call = [statusCode, headers['content-type'], JSON.parse(body).title];
      expect(call, route.key).toEqual([403, 'application/problem+json', 'forbidden']);
    }
    expect(routes.length).toBeGreaterThan(15);
  });

  it('answers the tally by its path alone, to a page of any origin', async () => {
    const headers = { ...fromElsewhere, cookie: 'a=1', 'accept-language': 'fr' };
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
    const headers = { ...fromElsewhere, 'access-control-request-method': 'GET' };
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
    ['/embed/mental-health-for-all', 'public, s-maxage=10, stale-while-revalidate=10, stale-if-error=600'],
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

  it('has the API say that there is no such method, as JSON, where it keeps answers', async () => {
    for (const path of [tally, '/v1/campaigns/mental-health-for-all', '/docs']) {
      const answer = await visitor.get(path, { method: 'DELETE' });
      expect([path, answer.status, await answer.json()]).toEqual([path, 404, { message: 'Not Found' }]);
    }
  });

  it.each(['/dashboard', '/docs'])('answers %s with a slash behind it, too', async (path) => {
    const [plain, slashed, below] = await Promise.all(
      [path, `${path}/`, `${path}/other`].map((each) => visitor.get(each)),
    );
    expect([slashed?.status, await slashed?.text()]).toEqual([200, await plain?.text()]);
    expect(slashed?.headers.get('cache-control')).toBe(plain?.headers.get('cache-control'));
    expect(below?.status).toBe(404);
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
  });
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
    const picture = staticFiles.find(({ name }) => name === 'card.png');
    const served = await fetch(`${host.url}/assets/${picture?.servedAs}`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(picture?.content);
    expect((await fetch(`${host.url}/openapi.json`)).status).toBe(200);
    const [list] = routesOf(host).filter(({ key }) => key === 'GET /v1/campaigns');
    expect(list && (await callOf(host, list)).statusCode).toBe(200);
  });

  it('serves compressed what is too large for an answer of a function', async () => {
    const answer = await fetch(host.url + servedAs('scalar.js'));
    const { content } = staticFiles.find(({ name }) => name === 'scalar.js') ?? {};
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(2_000_000);
    expect(content?.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
  });

  it('serves the widget to pages of any origin, and offers none to pin, for it cannot keep it', async () => {
    const answer = await fetch(`${host.url}/widget.js`, { headers: fromElsewhere });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': stable,
      'access-control-allow-origin': '*',
    });
    expect(await answer.text()).toBe(await (await fetch(host.url + hashedWidget)).text());
    const codes = await (await fetch(host.url + embed)).json();
    expect(Object.keys(codes).sort()).toEqual([
      'campaign',
      'iframe',
      'link',
      'oembed',
      'script',
      'wordpress',
    ]);
  });
});

const hashedWidget = servedAs('widget.js');

function servedAs(file: string): string {
  return `/assets/${staticFiles.find(({ name }) => name === file)?.servedAs}`;
}

/** What a page loads. */
function staticFilesOf(html: string): string[] {
  return [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
}

/** A route of the API, and the function behind it. */
interface Called {
  /** `GET /v1/campaigns`. */
  key: string;
  functionId: string;
}

function routesOf({ template }: Host): Called[] {
  return template.ofType('AWS::ApiGatewayV2::Route').map(([, { RouteKey, Target }]) => {
    const integration = template.resources.get(Target.split('/')[1])?.properties ?? {};
    return { key: RouteKey, functionId: template.functionId(integration['IntegrationUri']) };
  });
}

/** A call as it would come from the API's own address. */
async function callOf(host: Host, { key, functionId }: Called) {
  const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: '' };
  const event = {
    version: '2.0',
    routeKey: key,
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
