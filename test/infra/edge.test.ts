import { describe, expect, test } from 'vitest';
import { aTemplate } from '../support/a-template.ts';

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation is open JSON.
type Json = any;
const [prod, dev, none] = [aTemplate('prod'), aTemplate('dev'), aTemplate('prod', 'off')].map(
  (template) => template.toJSON() as Json,
);

/** CloudFront's own policies that we use. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
/** By the path alone, compressed with gzip or Brotli, for as long as the answer says. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** Routes that anyone is answered alike, of the API and of pages; some of them are still to come. */
const alike = [
  'GET /',
  'GET /c/{slug}',
  'GET /c/{slug}/count',
  'GET /docs',
  'GET /docs/{rest+}',
  'GET /embed/{slug}',
  'GET /letters/{number}',
  'GET /logos/{logo}',
  'GET /oembed',
  'GET /openapi.json',
  'GET /v1/campaigns',
  'GET /v1/campaigns/{slug}',
  'GET /v1/campaigns/{slug}/count',
  'GET /v1/campaigns/{slug}/embed',
  'GET /v1/campaigns/{slug}/organisations',
  'GET /v1/campaigns/{slug}/tally',
  'GET /v1/campaigns/{slug}/tally.svg',
  'GET /v1/campaigns/{slug}/tally/history',
  'GET /v1/moments',
  'GET /v1/moments.ics',
];

/** What anyone sends to a campaign. */
const submissions = ['signatures', 'pledges', 'endorsements'].map(
  (kind) => `POST /v1/campaigns/{slug}/${kind}`,
);

/** Campaigners' routes of functions that are given more time than most. */
const slow = [
  'GET /v1/campaigns/{slug}/letters/preview',
  'GET /v1/campaigns/{slug}/problems',
  'POST /v1/campaigns/{slug}/publish',
  'POST /v1/targets/import',
];

/** What is answered to campaigners alone: of a campaign, and an import of offices. */
const isLong = (routeKey: string) =>
  routeKey === 'POST /v1/targets/import' ||
  (/ \/v1\/campaigns\/\{slug\}\//.test(routeKey) && ![...alike, ...submissions].includes(routeKey));

describe.each([
  ['prod', prod],
  ['dev', dev],
])('the CDN of stage %s', (_, template) => {
  const [[, { DistributionConfig: config }] = ['', {} as Json]] = resources(
    template,
    'AWS::CloudFront::Distribution',
  );
  const routes = resources(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => route);
  /** The first behavior whose pattern fits a path of the route, as CloudFront chooses. */
  const behaviorOf = (routeKey: string): Json => {
    const path = routeKey.replace(/^\S+ /, '').replaceAll(/\{\w+\}/g, 'some-thing');
    const fits = ({ PathPattern }: Json) => toExpression(PathPattern).test(path);
    return config.CacheBehaviors.find(fits) ?? config.DefaultCacheBehavior;
  };
  const originOf = ({ TargetOriginId }: Json): Json =>
    config.Origins.find(({ Id }: Json) => Id === TargetOriginId);
  const isPatient = (behavior: Json) => originOf(behavior).CustomOriginConfig?.OriginReadTimeout === 30;
  const isKept = ({ RouteKey }: Json) => behaviorOf(RouteKey).CachePolicyId !== CACHING_DISABLED;
  /** The functions of the API. */
  const behindApi = () =>
    new Set<string>(
      resources(template, 'AWS::ApiGatewayV2::Integration').map(
        ([, { IntegrationUri }]) => IntegrationUri['Fn::GetAtt'][0],
      ),
    );
  /** What puts files below `assets/`, or the widget at the root, into the bucket. */
  const deploymentOf = (what: 'assets' | 'widget') => {
    const prefix = what === 'assets' ? 'assets' : undefined;
    const found = resources(template, 'Custom::CDKBucketDeployment').filter(
      ([, { DestinationBucketKeyPrefix }]) => DestinationBucketKeyPrefix === prefix,
    );
    expect(found).toHaveLength(1);
    const [[id, properties] = ['', {} as Json]] = found;
    return { id, properties };
  };

  test.each(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]))(
    'hands on what %s needs',
    (routeKey, authorization) => {
      const [method] = routeKey.split(' ');
      const { AllowedMethods, OriginRequestPolicyId, CachePolicyId, TargetOriginId } = behaviorOf(routeKey);
      if (!isLong(routeKey)) expect(TargetOriginId).toBe(config.DefaultCacheBehavior.TargetOriginId);
      expect(AllowedMethods).toContain(method);
      // Else tokens, bodies and their types would stay behind.
      if (method !== 'GET' || authorization === 'JWT')
        expect([CachePolicyId, OriginRequestPolicyId]).toEqual([CACHING_DISABLED, ALL_BUT_HOST]);
    },
  );

  test('hands every method on to the API, which says itself what there is not', () => {
    const toApi = config.CacheBehaviors.filter((behavior: Json) => originOf(behavior).CustomOriginConfig);
    for (const { PathPattern, AllowedMethods } of toApi)
      expect([PathPattern, AllowedMethods]).toEqual([
        PathPattern,
        config.DefaultCacheBehavior.AllowedMethods,
      ]);
  });

  test('keeps only what anyone is answered alike', () => {
    const kept = routes.filter(isKept).map(({ RouteKey }) => RouteKey);
    expect(alike).toEqual(expect.arrayContaining(kept));
    expect(kept).toEqual(
      expect.arrayContaining(['GET /', 'GET /c/{slug}', 'GET /v1/campaigns/{slug}/tally']),
    );
  });

  test.each([
    ['GET /v1/moments.ics', ['lang'], []],
    ['GET /v1/campaigns/{slug}/tally', [], []],
    ['GET /v1/campaigns/{slug}/tally.svg', [], []],
    ['GET /v1/campaigns/{slug}/tally/history', ['by', 'from', 'to'], []],
    ['GET /v1/campaigns/{slug}/count', ['format', 'lang'], ['Accept']],
    ['GET /v1/campaigns/{slug}', ['lang', 'targets', 'partner'], []],
    ['GET /v1/campaigns/{slug}/embed', ['lang', 'kind', 'partner', 'source', 'theme'], []],
    ['GET /v1/campaigns/{slug}/organisations', ['cursor', 'kind', 'limit'], []],
    ['GET /embed/{slug}', ['lang', 'kind', 'partner', 'source', 'theme'], ['Accept-Language']],
    ['GET /oembed', ['url', 'format', 'maxwidth', 'maxheight'], []],
    ['GET /c/{slug}', ['lang', 'kind', 'partner', 'source'], ['Accept-Language']],
    ['GET /letters/{number}', ['format', 'lang'], ['Accept', 'Accept-Language']],
  ])('keeps %s by its path and %j %j', (routeKey, query, headers) => {
    const policy = template.Resources[behaviorOf(routeKey).CachePolicyId.Ref].Properties.CachePolicyConfig;
    const key = policy.ParametersInCacheKeyAndForwardedToOrigin;
    expect([
      key.QueryStringsConfig.QueryStrings ?? [],
      key.HeadersConfig.Headers ?? [],
      key.CookiesConfig,
    ]).toEqual([query, headers, { CookieBehavior: 'none' }]);
  });

  test('keeps nothing that does not say so, and what says so long enough for an outage', () => {
    for (const [, { CachePolicyConfig: policy }] of resources(template, 'AWS::CloudFront::CachePolicy'))
      expect(policy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 3_600 });
    for (const [, { OriginRequestPolicyConfig: policy }] of resources(
      template,
      'AWS::CloudFront::OriginRequestPolicy',
    ))
      expect([policy.QueryStringsConfig, policy.CookiesConfig]).toEqual([
        { QueryStringBehavior: 'none' },
        { CookieBehavior: 'none' },
      ]);
    expect(config.CustomErrorResponses).toEqual([
      { ErrorCode: 404, ErrorCachingMinTTL: 0 },
      ...[500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 1 })),
    ]);
  });

  test.each(['GET /v1/campaigns/{slug}/tally', 'GET /assets/style.css', 'GET /widget.js'])(
    'opens %s to pages of any origin, without credentials',
    (route) => {
      const { ResponseHeadersPolicyId: policy } = behaviorOf(route);
      const { CorsConfig } = template.Resources[policy.Ref].Properties.ResponseHeadersPolicyConfig;
      expect(CorsConfig).toMatchObject({
        AccessControlAllowOrigins: { Items: ['*'] },
        AccessControlAllowCredentials: false,
        AccessControlExposeHeaders: { Items: ['etag', 'retry-after'] },
        AccessControlMaxAgeSec: 86_400,
        OriginOverride: true,
      });
    },
  );

  test('lets browsers keep for a day what a preflight told them', () => {
    const [[, { CorsConfiguration }] = ['', {} as Json]] = resources(template, 'AWS::ApiGatewayV2::Api');
    expect(CorsConfiguration.MaxAge).toBe(86_400);
  });

  test.each(['GET /assets/widget.0a1b2c3d.js', 'GET /widget.js'])(
    'gives %s from the bucket by its path alone, compressed',
    (route) => {
      const behavior = behaviorOf(route);
      expect(behavior).toMatchObject({ CachePolicyId: CACHING_OPTIMIZED, Compress: true });
      expect(originOf(behavior).DomainName['Fn::GetAtt'][0]).toMatch(/^EdgeFilesBucket/);
    },
  );

  test('stays within what an account may have: 20 policies of a kind, 25 behaviors', () => {
    for (const type of ['CachePolicy', 'OriginRequestPolicy', 'ResponseHeadersPolicy'])
      expect(resources(template, `AWS::CloudFront::${type}`).length).toBeLessThanOrEqual(20);
    expect(config.CacheBehaviors.length).toBeLessThanOrEqual(25);
  });

  test('waits 5 s for the API, asks it by TLS alone, and proves who asks', () => {
    expect(originOf(config.DefaultCacheBehavior)).toMatchObject({
      ConnectionAttempts: 1,
      ConnectionTimeout: 3,
      CustomOriginConfig: {
        OriginProtocolPolicy: 'https-only',
        OriginReadTimeout: 5,
        OriginSSLProtocols: ['TLSv1.2'],
      },
      OriginCustomHeaders: [{ HeaderName: 'x-groundswell-edge', HeaderValue: { Ref: 'EdgeKey' } }],
    });
    expect(template.Parameters.EdgeKey).toMatchObject({
      NoEcho: true,
      AllowedPattern: '^[A-Za-z0-9_-]{32,128}$',
    });
    expect(template.Parameters.EdgeKey).not.toHaveProperty('Default');
  });

  test('waits 30 s where an answer may take long, and nowhere that is public', () => {
    const patient = routes.filter(({ RouteKey }) => isPatient(behaviorOf(RouteKey)));
    const long = routes.filter(({ RouteKey }) => isLong(RouteKey));
    expect(patient).toEqual(long);
    expect(patient.map(({ RouteKey }) => RouteKey)).toContain('PUT /v1/campaigns/{slug}/settings');
    for (const { AuthorizationType } of patient) expect(AuthorizationType).toBe('JWT');
    const behaviors = config.CacheBehaviors.filter(isPatient);
    expect(behaviors.map(({ PathPattern }: Json) => PathPattern)).toEqual([
      '/v1/campaigns/*/*',
      '/v1/targets/import',
    ]);
    for (const { PathPattern, TargetOriginId, ...behavior } of behaviors)
      expect({ TargetOriginId: config.DefaultCacheBehavior.TargetOriginId, ...behavior }).toEqual(
        config.DefaultCacheBehavior,
      );
  });

  test('asks the same API the same way where it waits for long', () => {
    const usual = originOf(config.DefaultCacheBehavior);
    const patient = originOf(behaviorOf('POST /v1/targets/import'));
    expect(patient).toEqual({
      ...usual,
      Id: patient.Id,
      CustomOriginConfig: { ...usual.CustomOriginConfig, OriginReadTimeout: 30 },
    });
  });

  test('waits as long as the functions that are given more time than most', () => {
    const timeoutOf = ({ Target }: Json) => {
      const [, integration] = Target['Fn::Join'][1];
      const [id] = template.Resources[integration.Ref].Properties.IntegrationUri['Fn::GetAtt'];
      return template.Resources[id].Properties.Timeout;
    };
    const given = routes.filter((route) => timeoutOf(route) > 10);
    expect(given.map(({ RouteKey }) => RouteKey).sort()).toEqual(slow);
    for (const route of given)
      expect([timeoutOf(route) <= 30, isPatient(behaviorOf(route.RouteKey))]).toEqual([true, true]);
  });

  test('takes viewers by HTTPS, of 1.2 at least under a name of its own', () => {
    for (const { ViewerProtocolPolicy } of [config.DefaultCacheBehavior, ...config.CacheBehaviors])
      expect(ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(config).toMatchObject({ HttpVersion: 'http2and3', IPV6Enabled: true });
    expect(config.ViewerCertificate.MinimumProtocolVersion).toEqual({
      'Fn::If': ['CertificateGiven', 'TLSv1.2_2021', { Ref: 'AWS::NoValue' }],
    });
  });

  test('is the only reader of the files, which stay when others take their place', () => {
    const [[id, bucket] = ['', {} as Json]] = resources(template, 'AWS::S3::Bucket').filter(([each]) =>
      each.startsWith('EdgeFiles'),
    );
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    const [[, policy] = ['', {} as Json]] = resources(template, 'AWS::S3::BucketPolicy').filter(
      ([, { Bucket }]) => Bucket.Ref === id,
    );
    const allowed = policy.PolicyDocument.Statement.filter(({ Effect }: Json) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      { Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } },
    ]);
    expect(JSON.stringify(allowed[0].Condition)).toContain(':distribution/');
    expect(deploymentOf('assets').properties).toMatchObject({
      Prune: false,
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });

  test('keeps the widget at its stable address for minutes, and puts it there after all that it asks for', () => {
    const { id, properties } = deploymentOf('widget');
    expect(properties).toMatchObject({
      Prune: false,
      SystemMetadata: {
        'cache-control': 'public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400',
      },
    });
    expect(properties).not.toHaveProperty('DestinationBucketKeyPrefix');
    const after = template.Resources[id].DependsOn;
    expect(after).toContain(deploymentOf('assets').id);
    expect(after).toEqual(expect.arrayContaining([...behindApi()]));
  });

  test('is known by each function of the API, which come after the files, and by no other', () => {
    const { id: deployment } = deploymentOf('assets');
    const ofApi = behindApi();
    for (const [id, { Environment }] of resources(template, 'AWS::Lambda::Function')) {
      expect([id, 'EDGE_KEY' in (Environment?.Variables ?? {})]).toEqual([id, ofApi.has(id)]);
      if (ofApi.has(id)) expect(template.Resources[id].DependsOn).toContain(deployment);
    }
  });

  test('is the address of the site, unless another is given', () => {
    const [own] = resources(template, 'AWS::CloudFront::Distribution').map(([id]) => id);
    expect(template.Outputs.SiteUrl.Value).toEqual({
      'Fn::If': [
        'SiteAddressGiven',
        { Ref: 'SiteAddress' },
        { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [own, 'DomainName'] }]] },
      ],
    });
  });
});

describe('without a CDN', () => {
  test('there is nothing of it', () => {
    const types = Object.values<Json>(none.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /CloudFront|^Custom::/.test(type))).toEqual([]);
    expect(none.Parameters).not.toHaveProperty('EdgeKey');
    expect(JSON.stringify(none)).not.toContain('EDGE_KEY');
  });

  test('the API serves the files, at the address of the site', () => {
    const routes = resources(none, 'AWS::ApiGatewayV2::Route').map(([, { RouteKey }]) => RouteKey);
    expect(routes).toEqual(expect.arrayContaining(['GET /assets/{file}', 'GET /widget.js']));
    const [, , own] = none.Outputs.SiteUrl.Value['Fn::If'];
    expect(own['Fn::GetAtt'][1]).toBe('ApiEndpoint');
  });
});

describe('what the snippets may offer', () => {
  test('is a widget that is pinned only where old files are kept', () => {
    const kept = [prod, dev, none].map((template) =>
      resources(template, 'AWS::Lambda::Function')
        .map(([, { Environment }]) => Environment?.Variables?.OLD_FILES)
        .filter(Boolean),
    );
    expect(kept).toEqual([['kept'], ['kept'], ['replaced']]);
  });
});

function resources(template: Json, type: string): Array<[string, Json]> {
  return Object.entries<Json>(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties]);
}

/** CloudFront's path pattern: `*` is any characters, slashes too. */
function toExpression(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
}
