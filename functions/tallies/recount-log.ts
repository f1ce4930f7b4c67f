import { log } from '../../shared/aws/log.ts';
import type { Counters } from './tally.ts';

/** A change that was never counted; an hour, a tally that is wrong for another reason; actions that count elsewhere. */
type What = 'never counted' | 'hour' | 'tally' | 'governments' | 'not a chapter';

/** One line for each difference: an alarm counts them (infra/rooms/tallies.ts). Counters are what has to be added. */
export function logDifference(reason: What, campaign: string, counters: Counters = {}, hour?: string): void {
  log('error', 'a recount found a difference', {
    reason,
    campaign,
    ...(hour && { hour }),
    counters: Object.fromEntries(Object.entries(counters).map(([name, value]) => [name, String(value)])),
  });
}
