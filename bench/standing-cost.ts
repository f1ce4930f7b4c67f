import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSchedule } from '../infra/local/events/schedules.ts';
import type { Figure } from './figure.ts';
import { sum } from './meter.ts';
import prices from './prices.json' with { type: 'json' };

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are open; each reader below knows its own.
type Properties = Record<string, any>;
export interface Resources {
  [id: string]: { Type: string; Properties?: Properties };
}

const { perMillion, assumed } = prices;
const month = 30 * 24 * 60 * 60;

/** USD a month for a stack that nobody uses, by its template. Throws for a type of which nobody has said what it costs. */
export function standingCost(resources: Resources): Figure[] {
  refuseUnknown(resources);
  const ofType = (type: string) =>
    Object.values(resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties = {} }) => Properties);
  const queues = ofType('AWS::Lambda::EventSourceMapping').filter(isFedByQueue).length;
  const alarms = sum(ofType('AWS::CloudWatch::Alarm').map((alarm) => metricsOf(alarm).length));
  const metrics = customMetrics(ofType('AWS::CloudWatch::Alarm'), ofType('AWS::Logs::MetricFilter')).size;
  const runs = sum([...ofType('AWS::Events::Rule'), ...ofType('AWS::Scheduler::Schedule')].map(runsOf));
  const secrets = ofType('AWS::SecretsManager::Secret').length;
  const parts = {
    [`polling of ${queues} idle queues`]: pollsOf(queues) * perMillion.queueRequest * 1e-6,
    [`secrets (${secrets})`]: secrets * prices.secretMonth,
    [`alarms (${alarms}) beyond the ${prices.freeAlarms} that are free`]:
      Math.max(0, alarms - prices.freeAlarms) * prices.alarmMonth,
    [`metrics of our own (${metrics})`]: metrics * prices.customMetricMonth,
    [`scheduled runs (${runs})`]: runs * runCost(),
  };
  const how = `The synthesised template: each of its ${Object.keys(resources).length} resources is of a type whose standing charge is known; ${assumed.pollersPerQueue} pollers a queue, each asking every ${assumed.longPollSeconds} s (assumed).`;
  return [
    {
      name: 'standing cost of a month',
      measured: sum(Object.values(parts)),
      bound: 2,
      unit: ' USD',
      how,
    },
    ...Object.entries(parts).map(([part, measured]) => ({
      name: `standing cost: ${part}`,
      measured,
      unit: ' USD',
      how,
    })),
  ];
}

export function resourcesOf(assemblyDir: string): Resources {
  return JSON.parse(readFileSync(join(assemblyDir, 'Groundswell-dev.template.json'), 'utf8')).Resources;
}

/** A charge by the month, the hour or the poll, which the figures above know. */
const charged = [
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Logs::MetricFilter',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
];

/** Paid by what is used or kept; idle, nothing. */
const free = [
  /^AWS::ApiGatewayV2::(Api|Authorizer|Integration|Route|Stage)$/,
  /^AWS::CDK::Metadata$/,
  /^AWS::CloudFront::(CachePolicy|Distribution|Function|OriginAccessControl|OriginRequestPolicy|ResponseHeadersPolicy)$/,
  // By the people who sign in in a month.
  /^AWS::Cognito::(ManagedLoginBranding|UserPool|UserPoolClient|UserPoolDomain)$/,
  /^AWS::DynamoDB::Table$/,
  /^AWS::Events::(Archive|EventBus)$/,
  /^AWS::IAM::(Policy|Role)$/,
  /^AWS::Lambda::(EventInvokeConfig|Function|LayerVersion|Permission)$/,
  /^AWS::Logs::LogGroup$/,
  /^AWS::S3::Bucket(Policy)?$/,
  /^AWS::SES::(ConfigurationSet|ConfigurationSetEventDestination|EmailIdentity)$/,
  /^AWS::SNS::Topic(Policy)?$/,
  /^AWS::SQS::Queue(Policy)?$/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^Custom::(CDKBucketDeployment|S3AutoDeleteObjects)$/,
];

/** Settings by which a type that costs nothing idle would cost something. */
const costly: Record<string, (properties: Properties) => boolean> = {
  'AWS::DynamoDB::Table': ({ BillingMode }) => BillingMode !== 'PAY_PER_REQUEST',
  'AWS::Lambda::EventSourceMapping': ({ ProvisionedPollerConfig }) => ProvisionedPollerConfig !== undefined,
  'AWS::CloudFront::Distribution': ({ DistributionConfig }) =>
    DistributionConfig?.ViewerCertificate?.SslSupportMethod === 'vip',
  'AWS::CloudWatch::Alarm': ({ Period = 60 }) => Period < 60,
};

function refuseUnknown(resources: Resources): void {
  for (const [id, { Type, Properties = {} }] of Object.entries(resources)) {
    const isKnown = charged.includes(Type) || free.some((pattern) => pattern.test(Type));
    if (isKnown && !costly[Type]?.(Properties)) continue;
    throw new Error(`${id} (${Type}) may cost something when idle: say in bench/standing-cost.ts what.`);
  }
}

/** A stream's mapping names its `StreamArn`; streams are polled for free. */
function isFedByQueue({ EventSourceArn }: Properties): boolean {
  return EventSourceArn?.['Fn::GetAtt']?.[1] === 'Arn';
}

/** Polls in a month: pollers wait for messages as long as SQS lets them. */
function pollsOf(queues: number): number {
  return (queues * assumed.pollersPerQueue * month) / assumed.longPollSeconds;
}

/** What an alarm watches: one metric, or those that it computes with. */
function metricsOf(alarm: Properties): Properties[] {
  const metrics: Properties[] = alarm['Metrics'] ?? [];
  return alarm['MetricName']
    ? [alarm]
    : metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
}

/** Metrics that AWS does not keep by itself: those made from logs, and any other that an alarm watches. */
function customMetrics(alarms: Properties[], filters: Properties[]): Set<string> {
  const watched = alarms.flatMap(metricsOf).filter(({ Namespace }) => !String(Namespace).startsWith('AWS/'));
  const made = filters.flatMap(({ MetricTransformations }): Properties[] => MetricTransformations);
  return new Set([
    ...watched.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`),
    ...made.map(({ MetricNamespace, MetricName }) => `${MetricNamespace} ${MetricName}`),
  ]);
}

/** How often a rule or schedule runs in 30 days; a rule that waits for events, never. */
function runsOf({ ScheduleExpression, State }: Properties): number {
  if (!ScheduleExpression || State === 'DISABLED') return 0;
  const isDue = compileSchedule(ScheduleExpression);
  const minutes = Array.from({ length: month / 60 }, (_, minute) => new Date(minute * 60_000));
  return minutes.filter(isDue).length;
}

/** A run that finds nothing to do. */
function runCost(): number {
  const seconds = assumed.invocationSeconds.reactor;
  return perMillion.invocation * 1e-6 + seconds * 0.5 * prices.lambdaGigabyteSecond;
}
