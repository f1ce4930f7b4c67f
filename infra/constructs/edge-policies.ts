import { Duration } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** What an answer depends on, beside its path. Nothing else of a request reaches the origin. */
export interface CacheKey {
  query?: string[];
  headers?: string[];
}

/** What a path's answers are kept by; else it is passed on each time, and `'long'` waits 30 s for an answer, not 5 s. */
export type EdgePath = CacheKey | 'long' | undefined;

/** Keeps an answer for as long as it says itself, and not at all if it does not say. */
export function cachePolicy(scope: Construct, id: string, { query, headers }: CacheKey): CachePolicy {
  return new CachePolicy(scope, id, {
    // Above 0, CloudFront would keep even what says `no-store`.
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    // No stale answer is served for longer than this, whatever `stale-if-error` says.
    maxTtl: Duration.hours(1),
    ...(query && { queryStringBehavior: CacheQueryStringBehavior.allowList(...query) }),
    ...(headers && { headerBehavior: CacheHeaderBehavior.allowList(...headers) }),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
}

/** How long a browser may keep what a preflight told it. Chromium keeps it for two hours, Firefox for the whole day. */
export const preflightAge = Duration.days(1);

/** What API Gateway needs to answer a preflight. It is not in the key: preflights are not kept, and the answer to all is the same. */
export function preflightRequest(scope: Construct, id: string): OriginRequestPolicy {
  return new OriginRequestPolicy(scope, id, {
    headerBehavior: OriginRequestHeaderBehavior.allowList(
      'Origin',
      'Access-Control-Request-Method',
      'Access-Control-Request-Headers',
    ),
  });
}

/** Any page may read what is public. API Gateway says so only to who sends `Origin`, which a kept answer was not asked with. */
export function openToAll(scope: Construct, id: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    corsBehavior: {
      accessControlAllowOrigins: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
      accessControlAllowHeaders: ['*'],
      accessControlExposeHeaders: ['etag', 'retry-after'],
      accessControlAllowCredentials: false,
      accessControlMaxAge: preflightAge,
      originOverride: true,
    },
    securityHeadersBehavior: { contentTypeOptions: { override: true } },
  });
}
