/** Reads the CloudFront distribution of a template into behaviors and their origins. */
import type { Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { expectOnly } from '../template/understood.ts';
import { type AddHeaders, type Forwarding, readForwarding, readResponseHeaders } from './edge-policies.ts';
import type { SiteServer } from './site-request.ts';

export type EdgeTemplate = Pick<Template, 'ofType' | 'resources' | 'value' | 'nameOf'>;

export interface Behavior {
  path: RegExp;
  methods: string[];
  forwarding: Forwarding;
  addHeaders: AddHeaders;
  origin: Origin;
}
export interface Origin {
  host: string;
  /** Sent with every request; they take the place of the viewer's of the same names. */
  headers: Record<string, string[]>;
  /** Milliseconds. */
  readTimeout: number;
  serve: SiteServer;
}
/** What can stand behind a distribution. */
export interface Servers {
  api: SiteServer;
  /** Serves a bucket by its physical name. */
  bucket(name: string): SiteServer;
}

/** In the order in which they are tried; the last one fits every path. Undefined without a distribution. */
export function readBehaviors(template: EdgeTemplate, servers: Servers): Behavior[] | undefined {
  const [[id, properties] = [], ...others] = template.ofType('AWS::CloudFront::Distribution');
  if (others.length > 0) throw new Error('The local host runs one distribution; the template declares more.');
  if (!id || !properties) return undefined;
  const config = properties['DistributionConfig'];
  expectOnly(`Distribution ${id}`, config, [...SERVED, ...WITHOUT_EFFECT]);
  for (const response of config.CustomErrorResponses ?? [])
    expectOnly(`Distribution ${id}, CustomErrorResponses`, response, ['ErrorCode', 'ErrorCachingMinTTL']);
  const origins = new Map<string, Origin>(
    config.Origins.map((origin: Properties) => [origin['Id'], readOrigin(template, origin, servers)]),
  );
  const read = (behavior: Properties) => readBehavior(template, behavior, origins);
  const last = { ...config.DefaultCacheBehavior, PathPattern: '*' };
  return [...(config.CacheBehaviors ?? []), last].map(read);
}

const SERVED = ['CacheBehaviors', 'DefaultCacheBehavior', 'Origins', 'CustomErrorResponses'];
/** How it is reached, and what it costs. The host keeps nothing, so how long errors are kept is nothing either. */
const WITHOUT_EFFECT = [
  'Aliases',
  'Comment',
  'Enabled',
  'HttpVersion',
  'IPV6Enabled',
  'PriceClass',
  'ViewerCertificate',
];

function readBehavior(template: EdgeTemplate, behavior: Properties, origins: Map<string, Origin>): Behavior {
  const pattern: string = behavior['PathPattern'];
  expectOnly(`Behavior ${pattern}`, behavior, [
    'PathPattern',
    'TargetOriginId',
    'AllowedMethods',
    'CachePolicyId',
    'OriginRequestPolicyId',
    'ResponseHeadersPolicyId',
    // There is one protocol here, and nothing is compressed.
    'ViewerProtocolPolicy',
    'Compress',
  ]);
  const origin = origins.get(behavior['TargetOriginId']);
  if (!origin) throw new Error(`Behavior ${pattern}: there is no origin ${behavior['TargetOriginId']}.`);
  return {
    path: toExpression(pattern),
    methods: behavior['AllowedMethods'] ?? ['GET', 'HEAD'],
    forwarding: readForwarding(template, behavior),
    addHeaders: readResponseHeaders(template, behavior['ResponseHeadersPolicyId']),
    origin,
  };
}

/** `*` is any characters, slashes too, and `?` is one; case counts, a slash at the beginning does not. */
function toExpression(pattern: string): RegExp {
  const wildcards: Record<string, string> = { '*': '.*', '?': '.' };
  const source = pattern
    .replace(/^\//, '')
    .replace(/[.*+?^${}()|[\]\\]/g, (sign) => wildcards[sign] ?? `\\${sign}`);
  return new RegExp(`^/${source}$`, 's');
}

function readOrigin(template: EdgeTemplate, origin: Properties, servers: Servers): Origin {
  const { Id: id, DomainName: host, OriginCustomHeaders: headers = [], ...rest } = origin;
  const { CustomOriginConfig: custom, S3OriginConfig: s3, OriginAccessControlId: access, ...times } = rest;
  expectOnly(`Origin ${id}`, times, ['ConnectionAttempts', 'ConnectionTimeout']);
  if (custom)
    expectOnly(`Origin ${id}`, custom, ['OriginProtocolPolicy', 'OriginReadTimeout', 'OriginSSLProtocols']);
  const serve = custom
    ? findApi(template, host, servers)
    : access && s3 && findBucket(template, host, servers);
  if (!serve) throw new Error(`Origin ${id}: the local host serves nothing at ${host}.`);
  return {
    host,
    headers: Object.fromEntries(
      headers.map(({ HeaderName, HeaderValue }: Properties) => [
        HeaderName.toLowerCase(),
        [String(HeaderValue)],
      ]),
    ),
    readTimeout: 1000 * (custom?.OriginReadTimeout ?? 30),
    serve,
  };
}

function findApi(template: EdgeTemplate, host: string, { api }: Servers): SiteServer | undefined {
  const [[id] = []] = template.ofType('AWS::ApiGatewayV2::Api');
  return host.startsWith(`${id}.execute-api.`) ? api : undefined;
}

function findBucket(template: EdgeTemplate, host: string, { bucket }: Servers): SiteServer | undefined {
  const [id] =
    template
      .ofType('AWS::S3::Bucket')
      .find(([each]) => template.value(each, 'RegionalDomainName') === host) ?? [];
  return id === undefined ? undefined : bucket(template.nameOf(id));
}
