/** The CloudFormation types that this host knows. One that is not here stops the start: nothing is ignored in silence. */

export const REGION = 'local-region';
export const ACCOUNT = '000000000000';

/** What a resource knows of itself when another one refers to it. */
interface Identity {
  id: string;
  name: string;
  /** Origin of the local AWS gateway, and the site's own origin. */
  gateway: string;
  site: string;
}
interface ResourceType {
  /** `run` by an engine or by this host, `emulated` in part, or `no effect` on one machine. */
  effect: 'run' | 'emulated' | 'no effect';
  /** The property that sets a physical name; without one the logical id is the name. */
  named?: string;
  /** Longest physical name that the service takes. */
  longest?: number;
  /** What `Ref` gives, where it is not the name. */
  ref?: (self: Identity) => string;
  /** What `Fn::GetAtt` gives. */
  attributes?: Record<string, (self: Identity) => string>;
}

/** An ARN of the local account. */
export function toArn(service: string, path: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;
}

const run: ResourceType = { effect: 'run' };
const tableArn = ({ name }: Identity) => toArn('dynamodb', `table/${name}`);
const table: ResourceType = {
  effect: 'run',
  named: 'TableName',
  attributes: { Arn: tableArn, StreamArn: (self) => `${tableArn(self)}/stream/LATEST` },
};
const queueUrl = ({ name, gateway }: Identity) => `${gateway}/${ACCOUNT}/${name}`;
// Secrets Manager ends each ARN in six characters of its own; policies made from a name count on them.
const secretArn = ({ name }: Identity) => toArn('secretsmanager', `secret:${name}-LOCAL0`);

const TYPES: Record<string, ResourceType> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    effect: 'run',
    named: 'QueueName',
    longest: 80,
    ref: queueUrl,
    attributes: { Arn: ({ name }) => toArn('sqs', name), QueueName: ({ name }) => name, QueueUrl: queueUrl },
  },
  'AWS::S3::Bucket': {
    effect: 'run',
    named: 'BucketName',
    longest: 63,
    attributes: {
      Arn: ({ name }) => `arn:aws:s3:::${name}`,
      RegionalDomainName: ({ name }) => `${name}.s3.${REGION}.amazonaws.com`,
    },
  },
  'Custom::CDKBucketDeployment': { effect: 'emulated' },
  'AWS::Lambda::Function': {
    effect: 'run',
    named: 'FunctionName',
    longest: 64,
    attributes: { Arn: ({ name }) => toArn('lambda', `function:${name}`) },
  },
  'AWS::Lambda::EventSourceMapping': run,
  'AWS::Lambda::EventInvokeConfig': run,
  'AWS::Events::EventBus': {
    effect: 'run',
    named: 'Name',
    attributes: { Arn: ({ name }) => toArn('events', `event-bus/${name}`), Name: ({ name }) => name },
  },
  'AWS::Events::Rule': {
    effect: 'run',
    named: 'Name',
    attributes: { Arn: ({ name }) => toArn('events', `rule/${name}`) },
  },
  'AWS::Scheduler::Schedule': run,
  'AWS::ApiGatewayV2::Api': {
    effect: 'run',
    attributes: { ApiEndpoint: ({ site }) => site, ApiId: ({ id }) => id },
  },
  'AWS::ApiGatewayV2::Stage': { effect: 'run', ref: () => '$default' },
  'AWS::ApiGatewayV2::Route': run,
  'AWS::ApiGatewayV2::Integration': run,
  'AWS::ApiGatewayV2::Authorizer': run,
  'AWS::CloudFront::Distribution': {
    effect: 'run',
    attributes: { DomainName: ({ site }) => new URL(site).host, Id: ({ id }) => id },
  },
  'AWS::CloudFront::OriginAccessControl': { effect: 'run', attributes: { Id: ({ id }) => id } },
  'AWS::CloudFront::CachePolicy': run,
  'AWS::CloudFront::OriginRequestPolicy': run,
  'AWS::CloudFront::ResponseHeadersPolicy': run,
  'AWS::IAM::Role': {
    effect: 'run',
    named: 'RoleName',
    attributes: { Arn: ({ name }) => `arn:aws:iam::${ACCOUNT}:role/${name}` },
  },
  'AWS::IAM::Policy': run,
  'AWS::SecretsManager::Secret': {
    effect: 'emulated',
    named: 'Name',
    ref: secretArn,
    attributes: { Arn: secretArn, Id: secretArn },
  },
  'AWS::SES::EmailIdentity': { effect: 'emulated', named: 'EmailIdentity' },
  'AWS::SES::ConfigurationSet': { effect: 'emulated', named: 'Name' },
  'AWS::SES::ConfigurationSetEventDestination': { effect: 'emulated' },
  // The local issuer stands for them. The template makes them where it is given no issuer, which this host always does.
  'AWS::Cognito::UserPool': { effect: 'emulated' },
  'AWS::Cognito::UserPoolClient': { effect: 'emulated' },
  'AWS::Cognito::UserPoolDomain': { effect: 'emulated' },
  'AWS::Cognito::ManagedLoginBranding': { effect: 'emulated' },
};

/** What watches, logs, keeps or deploys, and grants between AWS's own services, which here need none. */
const WITHOUT_EFFECT = [
  /^AWS::(CloudWatch|Logs|SNS|CDK)::/,
  /^AWS::(SQS|S3|Events)::\w+Policy$/,
  /^AWS::Lambda::(Permission|LayerVersion)$/,
  /^AWS::Events::Archive$/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^Custom::S3AutoDeleteObjects$/,
];

/** Undefined for a type that this host does not know. */
export function typeOf(name: string): ResourceType | undefined {
  if (Object.hasOwn(TYPES, name)) return TYPES[name];
  return WITHOUT_EFFECT.some((pattern) => pattern.test(name)) ? { effect: 'no effect' } : undefined;
}
