import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  type AddBehaviorOptions,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { edgeHeader } from '../../shared/http/edge-key.ts';
import { acknowledge } from './acknowledge.ts';
import { type EdgeDomain, useDomain } from './edge-domain.ts';
import { type CacheKey, cachePolicy, type EdgePath, openToAll, preflightRequest } from './edge-policies.ts';
import { FilesBucket } from './files-bucket.ts';

export interface EdgeProps {
  /** Sent to the API with each request, as proof of who asks. */
  key: string;
  /** Good as well, while one key takes the place of the other; may be empty. */
  otherKey: string;
  domain: EdgeDomain;
  /** Keeps the files whatever happens to the stack. */
  retain: boolean;
  /** By CloudFront's path pattern, the most exact first; what fits none is passed on to the API. */
  paths: Record<string, EdgePath>;
}

/** The CDN in front of everything (docs/adr/0009). */
export class Edge extends Construct {
  /** The keys that the API's functions take, divided by a space. */
  readonly keys: string;
  /** What is served under `/assets/`, and the widget at `/widget.js`. */
  readonly files: FilesBucket;
  readonly #props: EdgeProps;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    this.#props = props;
    this.keys = `${props.key} ${props.otherKey}`;
    this.files = new FilesBucket(this, 'Files', { retain: props.retain });
  }

  /** Makes the distribution; returns its address without a slash at the end. */
  putBefore(api: HttpApi): string {
    const origins = apiOrigins(api, this.#props.key);
    const isPublic = { ...secure, responseHeadersPolicy: openToAll(this, 'OpenToAll') };
    const files = this.#filesBehavior(isPublic);
    const distribution = new Distribution(this, 'Distribution', {
      defaultBehavior: passedOn(origins.usual),
      additionalBehaviors: {
        '/assets/*': files,
        '/widget.js': files,
        ...this.#behaviors(isPublic, origins),
      },
      // Else 10 s. A campaign may be there any moment; and whatever was kept is served in place of a 5xx.
      errorResponses: [
        { httpStatus: 404, ttl: Duration.seconds(0) },
        ...[500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(1) })),
      ],
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
    });
    useDomain(distribution, this.#props.domain);
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'People of every country may take part.',
      'AwsSolutions-CFR2':
        'A firewall is 5 USD a month and more; what is public is kept here, and the API is throttled.',
      'AwsSolutions-CFR3': 'Its logs would hold the addresses of people and the tokens of their links.',
      'AwsSolutions-CFR4':
        "CloudFront's own domain takes no such setting; with a certificate of one's own, TLS 1.2 is the least.",
    });
    return `https://${distribution.distributionDomainName}`;
  }

  /** By the path alone, compressed, and open to all pages: module scripts, and what is checked by a hash, are asked for by CORS. */
  #filesBehavior(isPublic: AddBehaviorOptions): BehaviorOptions {
    const origin = S3BucketOrigin.withOriginAccessControl(this.files.bucket);
    return { ...isPublic, origin, cachePolicy: CachePolicy.CACHING_OPTIMIZED };
  }

  #behaviors(isPublic: AddBehaviorOptions, { usual, patient }: ApiOrigins): Record<string, BehaviorOptions> {
    const kept = {
      ...isPublic,
      origin: usual,
      // What is no GET is never kept; the API says itself that there is no such method.
      allowedMethods: AllowedMethods.ALLOW_ALL,
      originRequestPolicy: preflightRequest(this, 'Preflight'),
    };
    const policies = this.#policies();
    const behaviorOf = (path: EdgePath) => {
      if (path === 'long') return passedOn(patient);
      const policy = path && policies.get(path);
      return policy ? { ...kept, cachePolicy: policy } : passedOn(usual);
    };
    const behaviors = Object.entries(this.#props.paths).map(([pattern, path]) => [pattern, behaviorOf(path)]);
    return Object.fromEntries(behaviors);
  }

  /** One for each key: an account has 20 at most. */
  #policies(): Map<CacheKey, CachePolicy> {
    const keys = new Set(Object.values(this.#props.paths).filter((path) => typeof path === 'object'));
    return new Map([...keys].map((key) => [key, cachePolicy(this, toId(key), key)]));
  }
}

const secure = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS };

/** Never kept, and no two requests made one. */
function passedOn(origin: IOrigin): BehaviorOptions {
  return {
    ...secure,
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
}

/** The API twice, for how long CloudFront waits is said of an origin. */
interface ApiOrigins {
  /** Who can be served what was kept should not wait long for the API. */
  usual: IOrigin;
  /** As long as API Gateway waits. For what is never kept. */
  patient: IOrigin;
}

function apiOrigins(api: HttpApi, key: string): ApiOrigins {
  return {
    usual: apiOrigin(api, key, Duration.seconds(5)),
    patient: apiOrigin(api, key, Duration.seconds(30)),
  };
}

/** Tried once: who can be served what was kept should not wait for a second try. */
function apiOrigin(api: HttpApi, key: string, readTimeout: Duration): IOrigin {
  const { region, urlSuffix } = Stack.of(api);
  return new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`, {
    customHeaders: { [edgeHeader]: key },
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    connectionAttempts: 1,
    connectionTimeout: Duration.seconds(3),
    readTimeout,
  });
}

/** `KeyLang`, `KeyPath`: what it is kept by. */
function toId({ query = [], headers = [] }: CacheKey): string {
  const names = [...query, ...headers].map((name) => name[0]?.toUpperCase() + name.slice(1));
  return `Key${names.join('').replaceAll('-', '') || 'Path'}`;
}
