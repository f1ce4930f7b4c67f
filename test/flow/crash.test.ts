import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSignature } from '../support/a-person.ts';
import { aVisitor, tokenIn, until } from '../support/a-visitor.ts';

/** The stack as people start it, in a process group of its own, so that all of it can be killed at once. */
describe('the stack, killed in the middle of submissions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-crash-'));
  let port = 0;
  let group = 0;
  let visitor: ReturnType<typeof aVisitor>;
  beforeAll(async () => {
    port = await freePort();
    visitor = aVisitor(`http://localhost:${port}`);
    await start();
  });
  afterAll(() => {
    if (!hasEnded()) kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every submission that it accepted, and counts them exactly after confirming all', async () => {
    const accepted: string[] = [];
    let answered = 0;
    const submissions = Array.from({ length: 200 }, async (_, at) => {
      const email = `survivor${at}@example.org`;
      // A few at a time, as a crowd would come, so that some are before the crash and some in it.
      await new Promise((resolve) => setTimeout(resolve, at * 8));
      const answer = await visitor.sign(aSignature({ email })).catch(() => undefined);
      if (answer?.status === 202) accepted.push(email);
      if (++answered === 100) kill('SIGKILL');
    });
    await Promise.all(submissions);
    expect(accepted.length).toBeGreaterThan(50);
    expect(accepted.length).toBeLessThan(200);

    await start();
    const mails = await until(
      async () => {
        const received = new Map((await visitor.mails()).map((mail) => [mail.to[0], mail]));
        return accepted.every((email) => received.has(email)) ? received : undefined;
      },
      `${accepted.length} mails`,
      60_000,
    );

    const confirmed = await Promise.all(
      [...mails.values()].map((mail) => visitor.post('/v1/confirmations', { token: tokenIn(mail) })),
    );
    expect(new Set(confirmed.map(({ status }) => status))).toEqual(new Set([200]));
    // Those whose answer the crash cut off may have been stored, too: they have a mail, and count once.
    await visitor.signTotal(mails.size);
  });

  it('stops when npm is told to', async () => {
    process.kill(group, 'SIGTERM');
    await until(async () => ((await isUp()) ? undefined : true), 'the stack to stop');
    await until(async () => (hasEnded() ? true : undefined), 'its processes to end');
  });

  async function start(): Promise<void> {
    const env = { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data') };
    const child = spawn('npm', ['start'], { env, detached: true, stdio: 'ignore' });
    group = child.pid ?? 0;
    await until(async () => ((await isUp()) ? true : undefined), 'the stack to be up', 60_000);
  }
  /** Whether no process of the group is left. */
  function hasEnded(): boolean {
    try {
      process.kill(-group, 0);
      return false;
    } catch {
      return true;
    }
  }
  function kill(signal: NodeJS.Signals): void {
    process.kill(-group, signal);
  }
  async function isUp(): Promise<boolean> {
    return fetch(`http://localhost:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
