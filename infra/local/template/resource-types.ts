/** The list of CloudFormation types this host knows. A type that is not here stops the start: nothing is ignored in silence. */

export const REGION = 'local-region';
export const ACCOUNT = '000000000000';

/** `run` by an engine or by this host, `emulated` in part, or `no effect` on one machine. */
type LocalEffect = 'run' | 'emulated' | 'no effect';

/** What a resource knows of itself when another one refers to it. */
export interface Identity {
  id: string;
  name: string;
  /** Origin of the local AWS gateway, and the site's own origin. */
  gateway: string;
  site: string;
}
interface ResourceType {
  effect: LocalEffect;
  /** The property that sets a physical name; without one the logical id is the name. */
  named?: string;
  /** Longest physical name that the service takes. */
  longest?: number;
  ref?: (self: Identity) => string;
  attributes?: Record<string, (self: Identity) => string>;
}

/** An ARN of the local account. */
export function toArn(service: string, path: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;
}

const run = { effect: 'run' } as const;
const emulated = { effect: 'emulated' } as const;
const noEffect = { effect: 'no effect' } as const;

const tableArn = ({ name }: Identity) => toArn('dynamodb', `table/${name}`);
const table: ResourceType = {
  effect: 'run',
  named: 'TableName',
  attributes: { Arn: tableArn, StreamArn: (self) => `${tableArn(self)}/stream/LATEST` },
};
const queueUrl = ({ name, gateway }: Identity) => `${gateway}/${ACCOUNT}/${name}`;
const topicArn = ({ name }: Identity) => toArn('sns', name);
const managedPolicyArn = ({ name }: Identity) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
// Secrets Manager ends each ARN in six characters of its own; policies made from a name count on them.
const secretArn = ({ name }: Identity) => toArn('secretsmanager', `secret:${name}-LOCAL0`);

export const resourceTypes: Record<string, ResourceType> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    ...run,
    named: 'QueueName',
    longest: 80,
    ref: queueUrl,
    attributes: { Arn: ({ name }) => toArn('sqs', name), QueueName: ({ name }) => name, QueueUrl: queueUrl },
  },
  'AWS::S3::Bucket': {
    ...run,
    named: 'BucketName',
    longest: 63,
    attributes: {
      Arn: ({ name }) => `arn:aws:s3:::${name}`,
      DomainName: ({ name }) => `${name}.s3.amazonaws.com`,
      RegionalDomainName: ({ name }) => `${name}.s3.${REGION}.amazonaws.com`,
    },
  },
  'AWS::Lambda::Function': {
    ...run,
    named: 'FunctionName',
    longest: 64,
    attributes: { Arn: ({ name }) => toArn('lambda', `function:${name}`) },
  },
  'AWS::Lambda::EventSourceMapping': run,
  'AWS::Lambda::EventInvokeConfig': run,
  'AWS::Events::EventBus': {
    ...run,
    named: 'Name',
    attributes: { Arn: ({ name }) => toArn('events', `event-bus/${name}`), Name: ({ name }) => name },
  },
  'AWS::Events::Rule': {
    ...run,
    named: 'Name',
    attributes: { Arn: ({ name }) => toArn('events', `rule/${name}`) },
  },
  'AWS::Scheduler::Schedule': run,
  'AWS::ApiGatewayV2::Api': {
    ...run,
    attributes: { ApiEndpoint: ({ site }) => site, ApiId: ({ id }) => id },
  },
  'AWS::ApiGatewayV2::Stage': { ...run, ref: () => '$default' },
  'AWS::ApiGatewayV2::Route': run,
  'AWS::ApiGatewayV2::Integration': run,
  'AWS::ApiGatewayV2::Authorizer': run,
  'AWS::IAM::Role': {
    ...run,
    named: 'RoleName',
    attributes: { Arn: ({ name }) => `arn:aws:iam::${ACCOUNT}:role/${name}`, RoleId: ({ name }) => name },
  },
  'AWS::IAM::Policy': run,
  'AWS::IAM::ManagedPolicy': {
    ...run,
    named: 'ManagedPolicyName',
    ref: managedPolicyArn,
    attributes: { PolicyArn: managedPolicyArn },
  },
  'AWS::SecretsManager::Secret': {
    ...emulated,
    named: 'Name',
    ref: secretArn,
    attributes: { Arn: secretArn, Id: secretArn },
  },
  'AWS::SES::EmailIdentity': { ...emulated, named: 'EmailIdentity' },
  'AWS::SES::ConfigurationSet': { ...emulated, named: 'Name' },
  'AWS::SES::ConfigurationSetEventDestination': emulated,
  'AWS::SNS::Topic': {
    ...noEffect,
    named: 'TopicName',
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: ({ name }) => name },
  },
  'AWS::Logs::LogGroup': {
    ...noEffect,
    named: 'LogGroupName',
    attributes: { Arn: ({ name }) => toArn('logs', `log-group:${name}:*`) },
  },
  'AWS::CloudWatch::Alarm': {
    ...noEffect,
    named: 'AlarmName',
    attributes: { Arn: ({ name }) => toArn('cloudwatch', `alarm:${name}`) },
  },
  'AWS::CloudWatch::CompositeAlarm': noEffect,
  'AWS::CloudWatch::Dashboard': noEffect,
  'AWS::Logs::MetricFilter': noEffect,
  'AWS::Lambda::Permission': noEffect,
  'AWS::SQS::QueuePolicy': noEffect,
  'AWS::S3::BucketPolicy': noEffect,
  'AWS::SNS::Subscription': noEffect,
  'AWS::SNS::TopicPolicy': noEffect,
  'AWS::Events::Archive': noEffect,
  'AWS::Events::EventBusPolicy': noEffect,
  'AWS::Scheduler::ScheduleGroup': noEffect,
  'AWS::CDK::Metadata': noEffect,
  'Custom::S3AutoDeleteObjects': noEffect,
};
