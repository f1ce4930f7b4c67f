import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../kernel/problem.ts';

const mostAttempts = 10;

/**
 * Saves on the condition of what was read: `attempt` reads, decides and writes, and answers undefined when somebody else
 * was faster; then it is tried again, after a pause that grows.
 * @throws Problem `try-again-later`, with the detail, when others are faster each time.
 */
export async function untilSaved<T>(attempt: () => Promise<T | undefined>, detail: string): Promise<T> {
  for (let tries = 0; tries < mostAttempts; tries += 1) {
    const saved = await attempt();
    if (saved !== undefined) return saved;
    await sleep(Math.random() * 50 * tries);
  }
  throw new Problem('try-again-later', detail, { retryAfter: 1 });
}
