import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { startHost } from '../../infra/local/host.ts';
import { aFlow, aFolder, countIn, synthesise } from './a-stack.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** A host in a process group of its own, and what it printed when it was up. */
async function spawnHost(assemblyDir: string, dataDir: string) {
  const script = join(import.meta.dirname, 'run-host.ts');
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [script, assemblyDir, dataDir], {
    detached: true,
    stdio: [...stdio],
  });
  running.push(child);
  const [line] = await once(child.stdout ?? child, 'data');
  return { child, ...JSON.parse(String(line)) };
}

describe('a host that is killed', () => {
  it('goes on where it was, with all that it had accepted', async () => {
    const assemblyDir = synthesise(aFlow);
    const dataDir = aFolder('data');
    const { child, client, outputs } = await spawnHost(assemblyDir, dataDir);
    const db = new DynamoDBClient({ ...client, maxAttempts: 1 });
    let accepted = 0;
    const put = async (pk: string) => {
      const Item = { pk: { S: pk }, kind: { S: 'wanted' } };
      await db.send(new PutItemCommand({ TableName: outputs.items, Item }));
      accepted += 1;
    };

    const puts = Array.from({ length: 300 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 5));
      await put(`item ${index}`).catch(() => {});
    });
    setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 900);
    await Promise.all(puts);
    const host = await startHost({ assemblyDir, dataDir, port: 0 });
    await host.quiet();

    expect(accepted).toBeGreaterThan(50);
    expect(accepted).toBeLessThan(300);
    const stored = await new DynamoDBClient(host.client).send(new ScanCommand({ TableName: outputs.items }));
    expect(stored.Count).toBeGreaterThanOrEqual(accepted);
    expect(await countIn(host)).toBe(stored.Count);
    await host.stop();
  });

  it('leaves no engine behind and no lock', async () => {
    const assemblyDir = synthesise(aFlow);
    const dataDir = aFolder('data');
    const { child } = await spawnHost(assemblyDir, dataDir);

    await expect(startHost({ assemblyDir, dataDir, port: 0 })).rejects.toThrow(/Another Groundswell/);
    process.kill(-child.pid, 'SIGKILL');
    await once(child, 'exit');
    const host = await startHost({ assemblyDir, dataDir, port: 0 });
    await host.stop();
  });

  it('stops cleanly on SIGTERM', async () => {
    const { child } = await spawnHost(synthesise(aFlow), aFolder('data'));

    child.kill('SIGTERM');

    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
