import type { Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { callEngine, engineHeaders } from './engine-client.ts';
import type { Engines } from './engines.ts';

/** Makes the tables, queues and buckets of the template that are not there yet. */
export async function createResources(template: Template, { dynamodb, fauxqs }: Engines): Promise<void> {
  for (const [id, properties] of template.ofType('AWS::DynamoDB::Table'))
    await createTable(dynamodb, template.nameOf(id), properties);
  const queues = template.ofType('AWS::SQS::Queue');
  // All of them first: a queue's properties name its dead-letter queue.
  for (const [id] of queues) await createQueue(fauxqs, template.nameOf(id), {});
  for (const [id, properties] of queues) await createQueue(fauxqs, template.nameOf(id), properties);
  for (const [id] of template.ofType('AWS::S3::Bucket')) await createBucket(fauxqs, template.nameOf(id));
}

async function createTable(url: string, name: string, properties: Properties): Promise<void> {
  const dynamodb = (action: string, body: object) => callEngine(url, `DynamoDB_20120810.${action}`, body);
  const existing = await dynamodb('DescribeTable', { TableName: name }).catch(notFound);
  if (existing) return refuseOtherKeys(name, existing.Table, properties);
  await dynamodb('CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: properties['KeySchema'],
    AttributeDefinitions: properties['AttributeDefinitions'],
    GlobalSecondaryIndexes: properties['GlobalSecondaryIndexes']?.map(toIndex),
    StreamSpecification: properties['StreamSpecification'] && {
      StreamEnabled: true,
      ...properties['StreamSpecification'],
    },
  });
  const ttl = properties['TimeToLiveSpecification'];
  if (ttl) await dynamodb('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: ttl });
}

function toIndex({ IndexName, KeySchema, Projection }: Properties): object {
  return { IndexName, KeySchema, Projection };
}

function refuseOtherKeys(name: string, table: Properties, properties: Properties): void {
  const shape = ({ KeySchema, GlobalSecondaryIndexes = [] }: Properties) =>
    JSON.stringify([KeySchema, ...GlobalSecondaryIndexes.map((index: Properties) => toIndex(index))]);
  const keys = (text: string) => [...text].sort().join('');
  if (keys(shape(table)) === keys(shape(properties))) return;
  throw new Error(`Table ${name} has other keys or indexes than the template. Run \`npm run reset\`.`);
}

function notFound(error: Error): undefined {
  if (error.name !== 'ResourceNotFoundException') throw error;
}

const QUEUE_ATTRIBUTES = ['VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds'];

export async function createQueue(url: string, name: string, properties: Properties): Promise<void> {
  const { QueueUrl } = await callEngine(url, 'AmazonSQS.CreateQueue', { QueueName: name });
  const given = QUEUE_ATTRIBUTES.filter((key) => properties[key] !== undefined);
  const Attributes = Object.fromEntries(given.map((key) => [key, String(properties[key])]));
  const redrive = properties['RedrivePolicy'];
  if (redrive) Attributes['RedrivePolicy'] = JSON.stringify(redrive);
  await callEngine(url, 'AmazonSQS.SetQueueAttributes', { QueueUrl, Attributes });
}

async function createBucket(url: string, name: string): Promise<void> {
  const request = (method: string) => fetch(`${url}/${name}`, { method, headers: engineHeaders() });
  if ((await request('HEAD')).ok) return;
  const made = await request('PUT');
  if (!made.ok) throw new Error(`Bucket ${name} could not be made: ${await made.text()}`);
}
