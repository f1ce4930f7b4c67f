import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  type FunctionProps,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSync } from 'esbuild';
import type { Host } from '../../infra/local/host.ts';

/** A folder among the machine's temporary files. */
export function aFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `groundswell-${name}-`));
}

/** Synthesises a stack named `Test`; returns its assembly's folder. */
export function synthesise(build: (stack: Stack) => void): string {
  const outdir = aFolder('assembly');
  const app = new App({ outdir, analyticsReporting: false });
  build(new Stack(app, 'Test'));
  app.synth();
  return outdir;
}

/** A function of this source, bundled with what it imports. */
export function aFunction(
  stack: Stack,
  id: string,
  source: string,
  props: Partial<FunctionProps> = {},
): LambdaFunction {
  const folder = aFolder('function');
  buildSync({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(folder),
    timeout: Duration.seconds(5),
    ...props,
  });
}

const RELAY = `
  import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
  const bus = new EventBridgeClient();
  export async function handler({ Records }) {
    const Entries = Records.map(({ eventName, dynamodb }) => ({
      EventBusName: process.env.BUS,
      Source: 'test',
      DetailType: 'ItemPut',
      Detail: JSON.stringify({ id: dynamodb.SequenceNumber, pk: dynamodb.Keys.pk.S, kind: dynamodb.NewImage.kind.S }),
    }));
    const answer = await bus.send(new PutEventsCommand({ Entries }));
    if (answer.FailedEntryCount > 0) throw new Error(JSON.stringify(answer.Entries));
  }`;

const COUNT = `
  import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
  const db = new DynamoDBClient();
  const TableName = process.env.COUNTS;
  export async function handler({ Records }) {
    const failures = [];
    for (const { messageId, body } of Records) {
      const { detail } = JSON.parse(body);
      if (detail.kind === 'poison') failures.push({ itemIdentifier: messageId });
      else await count(detail.id);
    }
    return { batchItemFailures: failures };
  }
  async function count(id) {
    const marker = { Put: { TableName, Item: { pk: { S: 'marker ' + id } }, ConditionExpression: 'attribute_not_exists(pk)' } };
    const add = { Update: { TableName, Key: { pk: { S: 'total' } }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } };
    try {
      await db.send(new TransactWriteItemsCommand({ TransactItems: [marker, add] }));
    } catch (error) {
      if (error.CancellationReasons?.[0]?.Code !== 'ConditionalCheckFailed') throw error;
    }
  }`;

/** Items -> stream -> relay -> bus -> rule -> queue -> count -> Counts: each item of kind `wanted` is counted once. */
export function aFlow(stack: Stack, { grantCounts = true } = {}): void {
  const partitionKey = { name: 'pk', type: AttributeType.STRING };
  const dynamoStream = StreamViewType.NEW_AND_OLD_IMAGES;
  const items = new TableV2(stack, 'Items', { partitionKey, dynamoStream });
  const counts = new TableV2(stack, 'Counts', { partitionKey });
  const bus = new EventBus(stack, 'Bus');
  const relayFailures = new Queue(stack, 'RelayFailures');
  const deadLetters = new Queue(stack, 'DeadLetters');
  const queue = new Queue(stack, 'Queue', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 } });

  const relay = aFunction(stack, 'Relay', RELAY, { environment: { BUS: bus.eventBusName } });
  bus.grantPutEventsTo(relay);
  relay.addEventSource(
    new DynamoEventSource(items, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      retryAttempts: 2,
      onFailure: new SqsDlq(relayFailures),
    }),
  );
  new Rule(stack, 'Rule', {
    eventBus: bus,
    eventPattern: { source: ['test'], detail: { kind: ['wanted', 'poison'] } },
    targets: [new SqsQueue(queue)],
  });
  const count = aFunction(stack, 'Count', COUNT, { environment: { COUNTS: counts.tableName } });
  if (grantCounts) counts.grantWriteData(count);
  count.addEventSource(
    new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }),
  );
  for (const [name, value] of Object.entries({ items: items.tableName, counts: counts.tableName })) {
    new CfnOutput(stack, name, { value });
  }
  new CfnOutput(stack, 'deadLetters', { value: deadLetters.queueUrl });
  new CfnOutput(stack, 'relayFailures', { value: relayFailures.queueUrl });
}

/** How often `aFlow` has counted. */
export async function countIn({ client, template }: Host): Promise<number> {
  const db = new DynamoDBClient(client);
  const Key = { pk: { S: 'total' } };
  const { Item } = await db.send(new GetItemCommand({ TableName: template.outputs['counts'], Key }));
  return Number(Item?.['n']?.N ?? 0);
}

/** Puts items that `aFlow` reacts to by their kind: it counts `wanted` ones and fails on `poison`. */
export async function putItems({ client, template }: Host, kind: string, keys: string[]): Promise<void> {
  const db = new DynamoDBClient(client);
  const TableName = template.outputs['items'];
  const put = (pk: string) =>
    db.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, kind: { S: kind } } }));
  await Promise.all(keys.map(put));
}

/** The bodies of up to 10 messages in the queue that an output names. */
export async function messagesIn({ client, template }: Host, output: string): Promise<string[]> {
  const request = { QueueUrl: template.outputs[output], MaxNumberOfMessages: 10 };
  const { Messages = [] } = await new SQSClient(client).send(new ReceiveMessageCommand(request));
  return Messages.map(({ Body }) => String(Body));
}
