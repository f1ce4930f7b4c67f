import { CfnOutput, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../../infra/local/host.ts';
import { aFolder, aFunction, messagesIn, synthesise } from './a-stack.ts';

/** Sends one SDK command that the event names, and answers with its result or its error. */
const CALLER = `
  import * as s3 from '@aws-sdk/client-s3';
  import * as secrets from '@aws-sdk/client-secrets-manager';
  import * as ses from '@aws-sdk/client-sesv2';
  import * as sqs from '@aws-sdk/client-sqs';
  const clients = {
    s3: [s3, new s3.S3Client()],
    secrets: [secrets, new secrets.SecretsManagerClient()],
    ses: [ses, new ses.SESv2Client()],
    sqs: [sqs, new sqs.SQSClient()],
  };
  export async function handler({ service, command, input }) {
    const [module, client] = clients[service];
    try {
      const { Body, $metadata, ...answer } = await client.send(new module[command + 'Command'](input));
      return Body ? { Body: await Body.transformToString() } : answer;
    } catch ({ name, message }) {
      return { name, message };
    }
  }`;

function aStackOfServices(stack: Stack): void {
  const caller = aFunction(stack, 'Caller', CALLER);
  const out = (name: string, value: string) => new CfnOutput(stack, name, { value });
  const bucket = new Bucket(stack, 'Files', {
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  bucket.grantReadWrite(caller, 'letters/*');
  const queue = new Queue(stack, 'Jobs');
  queue.grantSendMessages(caller);
  const keys = new Secret(stack, 'Keys', {
    generateSecretString: {
      secretStringTemplate: '{"kid":"k1"}',
      generateStringKey: 'seed',
      excludePunctuation: true,
    },
  });
  keys.grantRead(caller);
  const sender = new EmailIdentity(stack, 'Sender', { identity: Identity.domain('example.org') });
  const from = { StringEquals: { 'ses:FromAddress': 'sender@example.org' } };
  caller.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [sender.emailIdentityArn],
      conditions: from,
    }),
  );

  const failures = new Queue(stack, 'Failures');
  const failing = aFunction(
    stack,
    'Failing',
    `export const handler = async () => { throw new TypeError('broken'); };`,
    {
      retryAttempts: 1,
      onFailure: new SqsDestination(failures),
    },
  );
  const eventBus = new EventBus(stack, 'Bus');
  const fails = { eventBus, eventPattern: { detailType: ['Fail'] }, targets: [new LambdaTarget(failing)] };
  new Rule(stack, 'FailRule', fails);
  const results = new Queue(stack, 'Results');
  const event = RuleTargetInput.fromObject({
    text: `Kind ${EventField.fromPath('$.detail.kind')}`,
    list: EventField.fromPath('$.detail.list'),
    missing: EventField.fromPath('$.detail.missing'),
  });
  const target = new SqsQueue(results, { message: event });
  new Rule(stack, 'TransformRule', {
    eventBus,
    eventPattern: { detailType: ['Transform'] },
    targets: [target],
  });
  new Rule(stack, 'Nightly', {
    schedule: Schedule.cron({ hour: '2', minute: '0' }),
    targets: [new SqsQueue(results)],
  });

  aFunction(stack, 'Environment', 'export const handler = async () => process.env;', {
    environment: { OWN: 'value' },
  });
  aFunction(stack, 'Slow', 'export const handler = () => new Promise((r) => setTimeout(r, 5000));', {
    timeout: Duration.seconds(1),
  });
  aFunction(stack, 'Exiting', 'export const handler = () => process.exit(3);');
  out('bucket', bucket.bucketName);
  out('queue', queue.queueUrl);
  out('secret', keys.secretArn);
  out('failures', failures.queueUrl);
  out('results', results.queueUrl);
}

let host: Host;
beforeAll(async () => {
  host = await startHost({ assemblyDir: synthesise(aStackOfServices), dataDir: aFolder('data'), port: 0 });
});
afterAll(() => host?.stop());

const idOf = (prefix: string, type = 'AWS::Lambda::Function') => {
  const [id = ''] = host.template.ofType(type).find(([candidate]) => candidate.startsWith(prefix)) ?? [];
  return id;
};
const busName = () => host.template.nameOf(idOf('Bus', 'AWS::Events::EventBus'));
const call = (service: string, command: string, input: object) =>
  host.invoke(idOf('Caller'), { service, command, input });
const denied = (action: string) => ({
  message: expect.stringContaining(`not authorized to perform: ${action}`),
});

describe('the AWS gateway', () => {
  it('keeps objects where the bucket is granted, and nowhere else', async () => {
    const { bucket: Bucket } = host.template.outputs;

    await call('s3', 'PutObject', { Bucket, Key: 'letters/1 é.txt', Body: 'Dear minister' });

    expect(await call('s3', 'GetObject', { Bucket, Key: 'letters/1 é.txt' })).toEqual({
      Body: 'Dear minister',
    });
    expect(await call('s3', 'GetObject', { Bucket, Key: 'letters/2.txt' })).toMatchObject({
      name: 'NoSuchKey',
    });
    expect(await call('s3', 'GetObject', { Bucket, Key: 'other/1.txt' })).toMatchObject({
      name: 'AccessDenied',
      ...denied('s3:GetObject'),
    });
  });

  it('sends to a granted queue and does not receive from it', async () => {
    const { queue: QueueUrl } = host.template.outputs;

    expect(await call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'hello' })).toHaveProperty('MessageId');
    expect(await call('sqs', 'ReceiveMessage', { QueueUrl })).toMatchObject(denied('sqs:ReceiveMessage'));
    expect(await messagesIn(host, 'queue')).toEqual(['hello']);
  });

  it('generates a secret and keeps it', async () => {
    const { secret: SecretId } = host.template.outputs;

    const [first, second] = await Promise.all(
      [1, 2].map(() => call('secrets', 'GetSecretValue', { SecretId })),
    );

    expect(first).toMatchObject({ SecretString: expect.stringMatching(/^{"kid":"k1","seed":"\w{32}"}$/) });
    expect(second).toEqual(first);
  });

  it('lets mail go only as the grant and its condition say', async () => {
    const mail = (FromEmailAddress: string) =>
      call('ses', 'SendEmail', {
        FromEmailAddress,
        Destination: { ToAddresses: ['someone@example.org'] },
        Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
      });

    expect(await mail('Us <sender@example.org>')).toHaveProperty('MessageId');
    expect(await mail('"A <b>name</b>" <sender@example.org>')).toHaveProperty('MessageId');
    expect(await mail('"sender@example.org" <other@example.org>')).toMatchObject(denied('ses:SendEmail'));
    expect(await mail('other@example.org')).toMatchObject(denied('ses:SendEmail'));
    expect(await mail('sender@example.com')).toMatchObject(denied('ses:SendEmail'));
  });

  it('does not know a caller without one of its keys', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu/dynamodb/aws4_request, Signature=x';

    const { status } = await fetch(host.client.endpoint, {
      method: 'POST',
      headers: { authorization },
      body: '{}',
    });

    expect(status).toBe(403);
  });
});

describe('a function', () => {
  it('sees its own environment and nothing of the host', async () => {
    process.env['HOST_SECRET'] = 'secret';

    const environment = (await host.invoke(idOf('Environment'), {})) as Record<string, string>;

    const names = Object.keys(environment).filter((name) => !/^(AWS|LAMBDA)_/.test(name));
    expect(names.sort()).toEqual(['OWN', 'TZ', '_HANDLER']);
  });

  it('is stopped after its timeout', async () => {
    await expect(host.invoke(idOf('Slow'), {})).rejects.toThrow('Task timed out after 1.00 seconds');
  });

  it('may end its process and is started anew', async () => {
    await expect(host.invoke(idOf('Exiting'), {})).rejects.toThrow('Runtime.ExitError');
    await expect(host.invoke(idOf('Exiting'), {})).rejects.toThrow('Runtime.ExitError');
  });
});

describe('the bus', () => {
  const event = (kind: string, detail: object) => ({
    source: 't',
    'detail-type': kind,
    detail,
    resources: [],
  });

  it('has a failing function retried as it declares, then sends the record to its destination', async () => {
    await host.putEvent(busName(), event('Fail', { id: 7 }));
    await host.quiet();

    const [record = ''] = await messagesIn(host, 'failures');
    expect(JSON.parse(record)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { detail: { id: 7 } },
      responsePayload: { errorType: 'TypeError', errorMessage: 'broken' },
    });
  });

  it('fills the template of a target', async () => {
    await host.putEvent(busName(), event('Transform', { kind: 'a "b"', list: [1] }));

    const [message = ''] = await messagesIn(host, 'results');
    expect(JSON.parse(message)).toEqual({ text: 'Kind a "b"', list: [1], missing: '' });
  });

  it('fires a schedule', async () => {
    await host.fire(idOf('Nightly', 'AWS::Events::Rule'));

    const [message = ''] = await messagesIn(host, 'results');
    expect(JSON.parse(message)).toMatchObject({ 'detail-type': 'Scheduled Event', detail: {} });
  });
});
