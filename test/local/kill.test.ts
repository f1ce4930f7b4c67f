import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../../infra/local/host.ts';
import { until } from '../support/a-visitor.ts';
import { aFolder, aFunction, messagesIn, synthesise } from './a-stack.ts';

/** Says that it has begun; the first time a message comes, it never ends. */
const WORKER = `
  import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
  const sqs = new SQSClient();
  const say = (QueueUrl, MessageBody) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  export async function handler({ Records: [{ body, attributes }] }) {
    await say(process.env.BEGUN, body);
    if (attributes.ApproximateReceiveCount === '1') await new Promise(() => setInterval(() => {}, 1000));
    await say(process.env.DONE, body);
  }`;

function aStackOfWork(stack: Stack): void {
  const [jobs, begun, done] = ['Jobs', 'Begun', 'Done'].map((id) => new Queue(stack, id)) as [
    Queue,
    Queue,
    Queue,
  ];
  const environment = { BEGUN: begun.queueUrl, DONE: done.queueUrl };
  const worker = aFunction(stack, 'Worker', WORKER, { environment });
  for (const queue of [begun, done]) queue.grantSendMessages(worker);
  worker.addEventSource(new SqsEventSource(jobs, { batchSize: 1 }));
  aFunction(stack, 'Forever', 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));');
  aFunction(stack, 'Count', 'let count = 0; export const handler = () => (count += 1);');
  for (const [id, queue] of Object.entries({ jobs, begun, done }))
    new CfnOutput(stack, id, { value: queue.queueUrl });
}

let host: Host;
beforeAll(async () => {
  host = await startHost({ assemblyDir: synthesise(aStackOfWork), dataDir: aFolder('data'), port: 0 });
});
afterAll(() => host?.stop());

const idOf = (prefix: string) => {
  const [id = ''] =
    host.template.ofType('AWS::Lambda::Function').find(([each]) => each.startsWith(prefix)) ?? [];
  return id;
};
const hasComeTo = (output: string) =>
  until(async () => (await messagesIn(host, output))[0], `a message in ${output}`);

describe('a function that is killed', () => {
  it('fails what it was doing, and what it had remembered is gone', async () => {
    expect([await host.invoke(idOf('Count'), {}), await host.invoke(idOf('Count'), {})]).toEqual([1, 2]);
    const forever = host.invoke(idOf('Forever'), {});

    const struck = [host.kill(idOf('Count')), host.kill(idOf('Forever'))];

    expect(struck).toEqual([0, 1]);
    await expect(forever).rejects.toThrow('Runtime.ExitError');
    expect(await host.invoke(idOf('Count'), {})).toBe(1);
  });

  it('is handed the same message again', async () => {
    const MessageBody = 'a job';
    const QueueUrl = host.template.outputs['jobs'];
    await new SQSClient(host.client).send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await hasComeTo('begun');

    expect(host.kill(idOf('Worker'))).toBe(1);

    expect(await hasComeTo('done')).toBe(MessageBody);
    await host.quiet();
  });
});
