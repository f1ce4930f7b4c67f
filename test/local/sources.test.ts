import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../../infra/local/host.ts';
import { aFolder, aFunction, messagesIn, synthesise } from './a-stack.ts';

/** Reports the keys of its batch to the queue SEEN, unless the key `bad` is among them: then it throws, or names it. */
const READER = `
  import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
  const sqs = new SQSClient();
  const keyOf = (record) => record.dynamodb?.Keys.pk.S ?? JSON.parse(record.body).pk;
  export async function handler({ Records }) {
    const bad = Records.findIndex((record) => keyOf(record) === 'bad');
    if (bad >= 0 && process.env.THROWS) throw new Error('bad');
    const good = bad < 0 ? Records : Records.slice(0, bad);
    const MessageBody = JSON.stringify(good.map(keyOf));
    if (good.length > 0) await sqs.send(new SendMessageCommand({ QueueUrl: process.env.SEEN, MessageBody }));
    return { batchItemFailures: bad < 0 ? [] : [{ itemIdentifier: Records[bad].dynamodb.SequenceNumber }] };
  }`;

function aStackOfSources(stack: Stack): void {
  const queue = (id: string) => {
    const made = new Queue(stack, id);
    new CfnOutput(stack, id.toLowerCase(), { value: made.queueUrl });
    return made;
  };
  const reader = (id: string, environment: Record<string, string> = {}) => {
    const seen = queue(`${id}Seen`);
    const made = aFunction(stack, id, READER, { environment: { SEEN: seen.queueUrl, ...environment } });
    seen.grantSendMessages(made);
    return made;
  };
  const table = new TableV2(stack, 'Items', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
  new CfnOutput(stack, 'items', { value: table.tableName });
  const declared = {
    startingPosition: StartingPosition.TRIM_HORIZON,
    maxBatchingWindow: Duration.seconds(1),
  };
  const halving = {
    ...declared,
    bisectBatchOnError: true,
    retryAttempts: 1,
    onFailure: new SqsDlq(queue('HalvingFailures')),
  };
  reader('Halving', { THROWS: 'yes' }).addEventSource(new DynamoEventSource(table, halving));
  const naming = {
    ...declared,
    batchSize: 3,
    reportBatchItemFailures: true,
    retryAttempts: 0,
    onFailure: new SqsDlq(queue('NamingFailures')),
    filters: [FilterCriteria.filter({ dynamodb: { Keys: { pk: { S: [{ 'anything-but': 'unwanted' }] } } } })],
  };
  reader('Naming').addEventSource(new DynamoEventSource(table, naming));
  const jobs = queue('Jobs');
  const filters = [FilterCriteria.filter({ body: { pk: FilterRule.beginsWith('job') } })];
  const batching = { batchSize: 40, maxBatchingWindow: Duration.seconds(1), filters };
  reader('Batching').addEventSource(new SqsEventSource(jobs, batching));
}

let host: Host;
const seenBy = async (output: string) => (await messagesIn(host, output)).map((body) => JSON.parse(body));
beforeAll(async () => {
  host = await startHost({ assemblyDir: synthesise(aStackOfSources), dataDir: aFolder('data'), port: 0 });
  const db = new DynamoDBClient(host.client);
  for (const pk of ['a', 'b', 'unwanted', 'bad', 'c', 'd', 'e']) {
    await db.send(new PutItemCommand({ TableName: host.template.outputs['items'], Item: { pk: { S: pk } } }));
  }
  const sqs = new SQSClient(host.client);
  const QueueUrl = host.template.outputs['jobs'];
  const bodies = [...Array.from({ length: 25 }, (_, index) => `job ${index}`), 'other'];
  for (const pk of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ pk }) }));
  await host.quiet();
});
afterAll(() => host?.stop());

describe('an event source mapping', () => {
  it('halves a failing stream batch until the failing record is alone, in order', async () => {
    const [failure] = await seenBy('halvingfailures');

    expect((await seenBy('halvingseen')).flat()).toEqual(['a', 'b', 'unwanted', 'c', 'd', 'e']);
    expect(failure.DDBStreamBatchInfo).toMatchObject({ startSequenceNumber: '4', batchSize: 1 });
  });

  it('goes on from the record that a function names, gives up as declared, and leaves out what is filtered', async () => {
    const [failure] = await seenBy('namingfailures');

    const seen = (await seenBy('namingseen')).flat();
    expect(seen.slice(0, 2)).toEqual(['a', 'b']);
    expect(seen.at(-1)).toBe('e');
    expect(seen).not.toContain('unwanted');
    expect(failure.DDBStreamBatchInfo).toMatchObject({ startSequenceNumber: '4' });
  });

  it('fills batches of a queue within its window and drops what is filtered', async () => {
    const batches = await seenBy('batchingseen');

    expect(batches.flat()).toHaveLength(25);
    expect(batches.length).toBeLessThanOrEqual(3);
  });
});
