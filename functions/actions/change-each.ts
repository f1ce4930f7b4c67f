import { log } from '../../shared/aws/log.ts';

/** Changes made at once: enough for a hundred in a second, too few to be felt by those who sign meanwhile. */
const atOnce = 10;
/** No more are begun after this (milliseconds), so that there is an answer before the function's time is up. */
const patience = 2_000;

/**
 * Makes each change, a few at a time, and says what became of it: `failed` when it threw or time ran out, whatever became
 * of the others. They have to be changes that can be asked for again.
 */
export async function changeEach<T extends { action: string }, S extends string>(
  items: T[],
  change: (item: T) => Promise<S>,
): Promise<{ action: string; status: S | 'failed' }[]> {
  const deadline = Date.now() + patience;
  const statuses: (S | 'failed')[] = [];
  while (statuses.length < items.length && Date.now() <= deadline) {
    const some = items.slice(statuses.length, statuses.length + atOnce);
    statuses.push(...(await Promise.all(some.map((item) => orFailed(change(item))))));
  }
  return items.map(({ action }, at) => ({ action, status: statuses[at] ?? 'failed' }));
}

async function orFailed<S extends string>(status: Promise<S>): Promise<S | 'failed'> {
  try {
    return await status;
  } catch (error) {
    log('error', 'an action could not be changed', { error });
    return 'failed';
  }
}
