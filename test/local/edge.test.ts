import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  type CfnDistribution,
  Distribution,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../../infra/local/host.ts';
import { aFolder, aFunction, synthesise } from './a-stack.ts';

/** Answers with its event, after as many milliseconds as the path says. */
const ECHO = `
  export async function handler(event) {
    await new Promise((resolve) => setTimeout(resolve, Number(event.rawPath.split('/slow/')[1] ?? 0)));
    if (event.headers['if-none-match'] === '"1"') return { statusCode: 304, headers: { etag: '"1"' } };
    return {
      statusCode: 200,
      headers: { 'access-control-allow-origin': 'https://only.example', 'cache-control': 'public', etag: '"1"' },
      cookies: ['seen=1'],
      body: JSON.stringify(event),
    };
  }`;

function anEdge(stack: Stack): void {
  const echo = aFunction(stack, 'Echo', ECHO);
  const api = new HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Echo', echo) });
  const key = new CfnParameter(stack, 'EdgeKey', { noEcho: true }).valueAsString;
  const originOf = (seconds: number) =>
    new HttpOrigin(`${api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`, {
      customHeaders: { 'X-Edge': key },
      readTimeout: Duration.seconds(seconds),
    });
  const origin = originOf(2);
  const passedOn = {
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
  const kept = {
    origin,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    cachePolicy: new CachePolicy(stack, 'ByLanguage', {
      queryStringBehavior: CacheQueryStringBehavior.allowList('lang'),
      headerBehavior: CacheHeaderBehavior.allowList('Accept-Language'),
    }),
    originRequestPolicy: new OriginRequestPolicy(stack, 'Preflight', {
      headerBehavior: OriginRequestHeaderBehavior.allowList('Origin'),
    }),
    responseHeadersPolicy: new ResponseHeadersPolicy(stack, 'Open', {
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET'],
        accessControlAllowHeaders: ['*'],
        accessControlExposeHeaders: ['etag'],
        accessControlAllowCredentials: false,
        accessControlMaxAge: Duration.hours(1),
        originOverride: true,
      },
      securityHeadersBehavior: { contentTypeOptions: { override: true } },
    }),
  };
  const files = new Bucket(stack, 'Files');
  new Distribution(stack, 'Distribution', {
    defaultBehavior: passedOn,
    additionalBehaviors: {
      '/long/*': { ...passedOn, origin: originOf(30) },
      '/files/*': { origin: S3BucketOrigin.withOriginAccessControl(files) },
      '/stable.js': {
        origin: S3BucketOrigin.withOriginAccessControl(files),
        responseHeadersPolicy: kept.responseHeadersPolicy,
      },
      '/a/*/b?': kept,
      '/a/*/*': passedOn,
      '/a/*': kept,
      '/a': kept,
    },
  });
  new BucketDeployment(stack, 'Deployment', {
    destinationBucket: files,
    destinationKeyPrefix: 'files',
    sources: [
      Source.data('style.css', 'a { color: red }'),
      Source.data('deep/er.bin', '01'),
      Source.asset(aFolderOf({ 'dot.png': PIXEL })),
    ],
    prune: false,
    cacheControl: [CacheControl.fromString('public, max-age=60')],
  });
  new BucketDeployment(stack, 'AtRoot', {
    destinationBucket: files,
    sources: [Source.data('stable.js', 'export {};')],
    prune: false,
    cacheControl: [CacheControl.fromString('public, max-age=5')],
  });
}

/** No text: a byte of it that is no UTF-8 would not come through as one. */
const PIXEL = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);

function aFolderOf(files: Record<string, Buffer>): string {
  const folder = aFolder('files');
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

let host: Host;
beforeAll(async () => {
  host = await start(anEdge);
});
afterAll(() => host?.stop());

function start(build: (stack: Stack) => void): Promise<Host> {
  const parameters = () => ({ EdgeKey: 'key' });
  return startHost({ assemblyDir: synthesise(build), dataDir: aFolder('data'), port: 0, parameters });
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(host.url + path, { headers });
/** The event that the function was handed. */
const eventOf = async (path: string, headers?: Record<string, string>) => (await get(path, headers)).json();

describe('the behavior of a path', () => {
  it.each([
    ['/a', 'kept'],
    ['/A', 'passed on'],
    ['/a/x', 'kept'],
    ['/a/x/y', 'passed on'],
    ['/a/x/b1', 'kept'],
    ['/a/x/y/b1', 'kept'],
    ['/a/x/b12', 'passed on'],
    ['/a/x%2Fy', 'kept'],
    ['/b/a/x', 'passed on'],
    ['/', 'passed on'],
  ])('is the first whose pattern fits: %s is %s', async (path, behavior) => {
    const { rawQueryString } = await eventOf(`${path}?lang=fr&other=1`);
    expect(rawQueryString).toBe(behavior === 'kept' ? 'lang=fr' : 'lang=fr&other=1');
  });

  it('says which methods there are', async () => {
    const refused = await fetch(`${host.url}/a/x`, { method: 'POST', body: '{}' });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html']);
    const taken = await fetch(`${host.url}/b`, { method: 'POST', body: '{"a":1}' });
    expect((await taken.json()).body).toBe('{"a":1}');
  });
});

describe('what reaches the origin', () => {
  const sent = {
    'accept-language': 'ar',
    accept: 'text/html',
    authorization: 'Bearer a.b.c',
    cookie: 'a=1',
    origin: 'https://page.example',
    'user-agent': 'Browser',
    'x-edge': 'guessed',
    'x-forwarded-for': '203.0.113.7',
  };

  it('of what may be kept, is what it is kept by and what the origin request policy names', async () => {
    const { headers, cookies, rawQueryString } = await eventOf('/a/x?token=1', sent);
    expect(headers).toMatchObject({
      'accept-language': 'ar',
      origin: sent.origin,
      'user-agent': 'Amazon CloudFront',
    });
    for (const name of ['accept', 'authorization']) expect(headers).not.toHaveProperty(name);
    expect([cookies, rawQueryString]).toEqual([undefined, '']);
  });

  it('of what is passed on, is all but the host', async () => {
    const { headers, cookies } = await eventOf('/b?token=1', sent);
    expect(headers).toMatchObject({
      'accept-language': 'ar',
      accept: 'text/html',
      authorization: 'Bearer a.b.c',
      'user-agent': 'Browser',
    });
    expect(cookies).toEqual(['a=1']);
    expect(headers.host).toMatch(/^Api\w+\.execute-api\.local-region\.amazonaws\.com$/);
  });

  it('has the header of the distribution, whatever the viewer says', async () => {
    for (const path of ['/a/x', '/b', '/long/x'])
      expect((await eventOf(path, sent)).headers['x-edge']).toBe('key');
  });

  it("names the viewer after whom the viewer names, and before the API's own caller", async () => {
    const { headers } = await eventOf('/b', sent);
    expect(headers['x-forwarded-for']).toMatch(/^203\.0\.113\.7,127\.0\.0\.1, ?127\.0\.0\.1$/);
  });
});

describe('an answer', () => {
  it('is open to any page where the policy says so, and the origin’s own elsewhere', async () => {
    const kept = await get('/a/x', { origin: 'https://page.example' });
    expect(Object.fromEntries(kept.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'etag',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public',
    });
    const asked = { origin: 'https://page.example', 'access-control-request-method': 'GET' };
    const preflight = await fetch(`${host.url}/a/x`, { method: 'OPTIONS', headers: asked });
    expect(preflight.headers.get('access-control-max-age')).toBe('3600');
    const passedOn = await get('/b', { origin: 'https://page.example' });
    expect(passedOn.headers.get('access-control-allow-origin')).toBe('https://only.example');
    expect(passedOn.headers.get('x-content-type-options')).toBeNull();
  });

  it('sets a cookie only where cookies are passed on', async () => {
    expect((await get('/a/x')).headers.getSetCookie()).toEqual([]);
    expect((await get('/b')).headers.getSetCookie()).toEqual(['seen=1']);
  });

  it('to who has it already is 304', async () => {
    const answer = await get('/a/x', { 'if-none-match': '"1"' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([304, '"1"']);
  });

  it('that does not come in time is 504, by the time of the origin that the path has', async () => {
    expect((await get('/b/slow/100')).status).toBe(200);
    const [late, awaited] = await Promise.all([get('/b/slow/2500'), get('/long/slow/2500')]);
    expect([late.status, late.headers.get('x-cache')]).toEqual([504, 'Error from cloudfront']);
    expect([awaited.status, (await awaited.json()).rawPath]).toEqual([200, '/long/slow/2500']);
  });
});

describe('a bucket behind it', () => {
  it('gives the files that are deployed to it', async () => {
    const style = await get('/files/style.css');
    expect(Object.fromEntries(style.headers)).toMatchObject({
      'content-type': 'text/css',
      'cache-control': 'public, max-age=60',
    });
    expect(await style.text()).toBe('a { color: red }');
    const other = await get('/files/deep/er.bin?any=query');
    expect([other.headers.get('content-type'), await other.text()]).toEqual(['binary/octet-stream', '01']);
  });

  it('gives each byte of a picture', async () => {
    const picture = await get('/files/dot.png');
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(PIXEL);
  });

  it('gives what another deployment puts at its root, with the headers of that one and of its behavior', async () => {
    const script = await get('/stable.js?any=query', { origin: 'https://page.example' });
    expect(Object.fromEntries(script.headers)).toMatchObject({
      'content-type': 'text/javascript',
      'cache-control': 'public, max-age=5',
      'access-control-allow-origin': '*',
    });
    expect(await script.text()).toBe('export {};');
  });

  it('answers 304 by their ETag', async () => {
    const etag = (await get('/files/style.css')).headers.get('etag') ?? '';
    expect((await get('/files/style.css', { 'if-none-match': etag })).status).toBe(304);
  });

  it('does not tell which files there are', async () => {
    for (const path of ['/files/none.css', '/files/'])
      expect(await (await get(path)).text()).toContain('<Code>AccessDenied</Code>');
    expect((await get('/files/none.css')).status).toBe(403);
  });
});

describe('what the host does not know of it stops the start:', () => {
  const cases: [what: string, change: (config: CfnDistribution) => void, message: RegExp][] = [
    [
      'a log',
      (it) => it.addPropertyOverride('DistributionConfig.Logging', { Bucket: 'logs' }),
      /does not know Logging/,
    ],
    [
      'a function',
      (it) => it.addPropertyOverride('DistributionConfig.CacheBehaviors.0.FunctionAssociations', [{}]),
      /does not know FunctionAssociations/,
    ],
    [
      'a managed policy',
      (it) => it.addPropertyOverride('DistributionConfig.DefaultCacheBehavior.CachePolicyId', '2e54312d'),
      /policy 2e54312d/,
    ],
    [
      'another origin',
      (it) => it.addPropertyOverride('DistributionConfig.Origins.0.DomainName', 'elsewhere.example'),
      /serves nothing at elsewhere\.example/,
    ],
  ];

  it.each(cases)('%s', async (_, change, message) => {
    const build = (stack: Stack) => {
      anEdge(stack);
      change(stack.node.findChild('Distribution').node.defaultChild as CfnDistribution);
    };
    await expect(start(build)).rejects.toThrow(message);
  });

  it('a deployment that deletes', async () => {
    const build = (stack: Stack) => {
      new BucketDeployment(stack, 'Deployment', {
        destinationBucket: new Bucket(stack, 'Files'),
        sources: [Source.data('a', 'b')],
      });
    };
    await expect(start(build)).rejects.toThrow(/neither prunes nor fills in values/);
  });
});
