import { log } from '../../shared/aws/log.ts';
import { forgetAsked, listOverdueAsks } from './action-store.ts';
import { segmentAt } from './forget-unconfirmed.ts';

/**
 * Removes requests that were never confirmed from items that are kept for what was confirmed before: TTL removes whole
 * items only. Each run looks through one part of the table.
 */
export const handler = async ({ time }: { time: string }): Promise<void> => {
  const now = Date.parse(time);
  let count = 0;
  for await (const key of listOverdueAsks(segmentAt(now), now)) {
    await forgetAsked(key, now);
    count += 1;
  }
  if (count > 0) log('info', 'unconfirmed requests were forgotten', { count });
};
