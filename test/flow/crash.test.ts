import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSignature } from '../support/a-person.ts';
import { aVisitor, tokenIn, until } from '../support/a-visitor.ts';

/** It is synthesised, too, and another test may have the other processor. */
const startWithinMs = 240_000;

/** The stack as people start it, in a process group of its own, so that all of it can be killed at once. */
describe('the stack, killed in the middle of submissions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-crash-'));
  let url = '';
  let group = 0;
  let visitor: ReturnType<typeof aVisitor>;
  beforeAll(start, startWithinMs);
  afterAll(() => {
    if (!hasEnded()) kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'has every submission that it accepted, and counts them exactly after confirming all',
    async () => {
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
    },
    2 * startWithinMs,
  );

  it('stops when npm is told to', async () => {
    process.kill(group, 'SIGTERM');
    await until(async () => ((await isUp()) ? undefined : true), 'the stack to stop');
    await until(async () => (hasEnded() ? true : undefined), 'its processes to end');
  });

  /** Any free port, so that it cannot be another test's by the time that the stack is up. */
  async function start(): Promise<void> {
    const env = { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data') };
    const child = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    group = child.pid ?? 0;
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    url = await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`The stack ended:\n${said}`);
        return /(http:\S+)\/ +the demo page/.exec(said)?.[1];
      },
      'the stack to be up',
      startWithinMs,
    );
    visitor = aVisitor(url);
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
    return fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
});
