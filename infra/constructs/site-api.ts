import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Edge } from './edge.ts';
import { preflightAge } from './edge-policies.ts';
import { ApiCaller, FunctionIntegration } from './function-integration.ts';
import type { HouseFunction } from './house-function.ts';

export interface SiteApiProps {
  /** The CDN in front, if there is one: functions refuse what comes without its key, and come after its files; the widget comes after them. */
  edge: Edge | undefined;
}

/** The HTTP API: public routes answer any origin without credentials; campaigners' ask for a bearer token. */
export class SiteApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  #campaigners?: IHttpRouteAuthorizer;
  readonly #edge: Edge | undefined;
  readonly #integrations = new Map<HouseFunction, FunctionIntegration>();
  readonly #caller: ApiCaller;

  constructor(scope: Construct, id: string, { edge }: SiteApiProps) {
    super(scope, id);
    this.#edge = edge;
    this.#caller = new ApiCaller(this, 'Caller');
    this.api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        allowHeaders: ['content-type', 'authorization', 'idempotency-key', 'if-match', 'if-none-match'],
        exposeHeaders: [
          'content-disposition',
          'etag',
          'groundswell-missing',
          'link',
          'location',
          'retry-after',
        ],
        // Each submission by the widget needs one.
        maxAge: preflightAge,
      },
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 2_000, burstLimit: 4_000 },
      // Neither addresses nor query strings: links carry tokens.
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(
          '{"request":"$context.requestId","route":"$context.routeKey","status":"$context.status","latency":"$context.responseLatency","error":"$context.integrationErrorMessage"}',
        ),
      },
    });
  }

  /** Says who signs campaigners' ID tokens, and for whom: before the first of their routes. */
  admit({ issuer, audience }: { issuer: string; audience: string }): void {
    this.#campaigners = new HttpJwtAuthorizer('Campaigners', issuer, { jwtAudience: [audience] });
  }

  /** `route('POST /v1/confirmations', handler)`. */
  route(route: string, handler: HouseFunction): void {
    const added = this.#add(route, handler);
    acknowledge(added, { 'AwsSolutions-APIG4': 'A public route: anyone may read it, or take part.' });
  }

  /** A route that only a campaigner's token opens; what it may then do is decided by the function. */
  campaignerRoute(route: string, handler: HouseFunction): void {
    if (!this.#campaigners) throw new Error(`${route}: say first who the campaigners are.`);
    this.#add(route, handler, this.#campaigners);
  }

  /** The address without a slash at its end. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  #add(route: string, handler: HouseFunction, authorizer?: IHttpRouteAuthorizer): HttpRoute {
    const [method = '', path = ''] = route.split(' ');
    const integration = this.#integrations.get(handler) ?? this.#integrate(handler);
    return new HttpRoute(this, route.replace(/[^A-Za-z0-9]+/g, '-'), {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, method as HttpMethod),
      integration,
      ...(authorizer && { authorizer }),
    });
  }

  #integrate(handler: HouseFunction): FunctionIntegration {
    const integration = new FunctionIntegration(handler, this.#caller);
    this.#integrations.set(handler, integration);
    if (this.#edge) {
      handler.addEnvironment('EDGE_KEY', this.#edge.keys);
      handler.node.addDependency(this.#edge.files.assets);
      this.#edge.files.widget.node.addDependency(handler);
    }
    return integration;
  }
}
