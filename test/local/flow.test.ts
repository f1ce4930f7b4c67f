import type { Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { afterEach, describe, expect, it } from 'vitest';
import { type Host, type HostOptions, startHost } from '../../infra/local/host.ts';
import { aFlow, aFolder, countIn, messagesIn, putItems, synthesise } from './a-stack.ts';

const hosts: Host[] = [];
const lines: string[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
  lines.length = 0;
});

async function aHost(
  build: (stack: Stack) => void = aFlow,
  options: Partial<HostOptions> = {},
): Promise<Host> {
  const log = (line: string) => lines.push(line);
  const host = await startHost({
    assemblyDir: synthesise(build),
    dataDir: aFolder('data'),
    port: 0,
    log,
    ...options,
  });
  hosts.push(host);
  return host;
}

describe('a stack on one machine', () => {
  it('brings each written item through stream, bus and queue to its count', async () => {
    const host = await aHost();

    await putItems(host, 'wanted', ['a', 'b', 'c']);
    await putItems(host, 'other', ['d']);
    await host.quiet();

    expect(await countIn(host)).toBe(3);
  });

  it('counts each item once though every event comes twice and out of order', async () => {
    const host = await aHost(aFlow, { shuffleAndRepeat: true });

    await putItems(host, 'wanted', ['a', 'b', 'c', 'd', 'e']);
    await host.quiet();

    expect(await countIn(host)).toBe(5);
  });

  it('dead-letters a message that fails, after the declared count, and handles the others of its batch', async () => {
    const host = await aHost();

    await putItems(host, 'poison', ['bad']);
    await putItems(host, 'wanted', ['good']);
    await host.quiet();

    const [letter = '', ...others] = await messagesIn(host, 'deadLetters');
    expect(JSON.parse(letter).detail).toMatchObject({ pk: 'bad', kind: 'poison' });
    expect(others).toEqual([]);
    expect(await countIn(host)).toBe(1);
  });

  it('retries a stream batch as declared, then tells the failure queue where it was, without its data', async () => {
    const host = await aHost();
    const error = { name: 'InternalFailure', status: 400 };
    host.faults.add({ service: 'events', operation: 'PutEvents', times: 3, when: 'before', error });

    await putItems(host, 'wanted', ['lost']);
    await host.quiet();
    await putItems(host, 'wanted', ['kept']);
    await host.quiet();

    const [failure = '', ...others] = await messagesIn(host, 'relayFailures');
    expect(JSON.parse(failure)).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { startSequenceNumber: '1', endSequenceNumber: '1', batchSize: 1 },
    });
    expect(failure).not.toContain('lost');
    expect(others).toEqual([]);
    expect(await countIn(host)).toBe(1);
  });

  it('lets a call take effect and lose its reply', async () => {
    const host = await aHost();
    const error = { name: 'InternalServerError', status: 500 };
    host.faults.add({ service: 'dynamodb', operation: 'TransactWriteItems', times: 1, when: 'after', error });

    await putItems(host, 'wanted', ['a']);
    await host.quiet();

    expect(await countIn(host)).toBe(1);
  });

  it('refuses a call that the role does not grant', async () => {
    const host = await aHost((stack) => aFlow(stack, { grantCounts: false }));

    await putItems(host, 'wanted', ['a']);
    await host.quiet();

    expect(await countIn(host)).toBe(0);
    expect(lines.join('\n')).toMatch(
      /AccessDeniedException: User: .*\/Count\w* is not authorized to perform: dynamodb:PutItem on resource: .*table\/Test-Counts/,
    );
  });

  it('counts the capacity of each caller', async () => {
    const host = await aHost();

    await putItems(host, 'wanted', ['a']);
    await host.quiet();

    const used = host.capacity
      .used()
      .map(({ caller, operation, units }) => [caller.slice(0, 5), operation, units]);
    expect(used).toEqual([
      ['host', 'PutItem', 1],
      ['Count', 'TransactWriteItems', 4],
    ]);
  });

  it('does not start with a type that it does not know', async () => {
    const build = (stack: Stack) => void new CfnInstance(stack, 'Machine', {});

    await expect(aHost(build)).rejects.toThrow(/Machine of type AWS::EC2::Instance/);
  });

  it('says that a port is in use', async () => {
    const { url } = await aHost();
    const port = Number(new URL(url).port);

    await expect(aHost(aFlow, { port })).rejects.toThrow(`Port ${port} is in use`);
  });

  it('is healthy once it is up', async () => {
    const { url } = await aHost();

    const answers = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/nowhere`)]);

    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
  });
});
