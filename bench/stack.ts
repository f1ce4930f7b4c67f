import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { demoStack, synthesise as synthesiseStack } from '../infra/local/demo-stack.ts';
import { type Host, startHost } from '../infra/local/host.ts';
import { type CatalogueEvent, catalogue, fromBus } from '../shared/events/catalogue.ts';

const tap = 'BenchTap';

/** Synthesises what deploys. One thing is added: a queue that is handed every event of ours, to count them. */
export async function synthesise(assemblyDir: string): Promise<void> {
  await synthesiseStack(assemblyDir);
  addTap(join(assemblyDir, 'Groundswell-dev.template.json'));
}

export function startStack(assemblyDir: string, dataDir: string, shuffleAndRepeat = false): Promise<Host> {
  return startHost({
    assemblyDir,
    dataDir,
    port: 0,
    shuffleAndRepeat,
    ...demoStack,
  });
}

/** Logical id of the function whose id begins so. */
export function functionOf(host: Host, start: string): string {
  return onlyOne(host, 'AWS::Lambda::Function', start);
}

/** Physical name of the table whose logical id begins so. */
export function tableOf(host: Host, start: string): string {
  return host.template.nameOf(onlyOne(host, 'AWS::DynamoDB::Table', start));
}

/** An event as it came off the bus: the record's body, and what it says. */
export interface Heard {
  body: string;
  event: CatalogueEvent;
}

/** All events since the last call, each delivery of them. */
export async function takeEvents({ client, template }: Host): Promise<Heard[]> {
  const sqs = new SQSClient(client);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: template.nameOf(tap) }));
  const heard: Heard[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return heard;
    heard.push(...Messages.map(({ Body = '' }) => ({ body: Body, event: fromBus(JSON.parse(Body)) })));
    const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

function onlyOne({ template }: Host, type: string, start: string): string {
  const ids = template.ofType(type).map(([id]) => id);
  const found = ids.filter((id) => id.startsWith(start));
  if (found.length !== 1) throw new Error(`${found.length} of ${type} in the template are named ${start}…`);
  return String(found[0]);
}

function addTap(file: string): void {
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const [bus] = Object.entries<{ Type: string }>(template.Resources).find(
    ([, { Type }]) => Type === 'AWS::Events::EventBus',
  ) ?? [''];
  template.Resources[tap] = { Type: 'AWS::SQS::Queue', Properties: {} };
  template.Resources[`${tap}Rule`] = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: bus },
      EventPattern: { 'detail-type': Object.keys(catalogue) },
      Targets: [{ Id: 'tap', Arn: { 'Fn::GetAtt': [tap, 'Arn'] } }],
    },
  };
  writeFileSync(file, JSON.stringify(template));
}
