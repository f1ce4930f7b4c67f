import type { AwsFault } from '../../../infra/local/gateway/wire.ts';
import type { Chance } from './chance.ts';

/** What befalls a call: before it takes effect, or after, when its reply is lost. */
export type Blow = { name: string; when: 'before' | 'after' } & (
  | { does: 'answer'; fault: AwsFault }
  /** The connection is cut. */
  | { does: 'cut' }
  /** The process ends, and with it all that it was about to do. */
  | { does: 'end' }
);

/** Asked before each call: `items` is how many a transaction has. */
export type Trouble = (operation: string, items: number) => Blow | undefined;

/** How many blows a history takes at most, so that each comes to its end. */
const most = 30;
/** A throttled table stays so for a while: longer than those who count have patience. */
const stormLength = 40;

const refusals: AwsFault[] = [
  { name: 'ProvisionedThroughputExceededException' },
  { name: 'ThrottlingException' },
  { name: 'RequestLimitExceeded' },
  { name: 'AccessDeniedException' },
  { name: 'InternalServerError', status: 500 },
  { name: 'ServiceUnavailable', status: 503 },
];
const cancellations = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'] as const;

export function troubleBy(chance: Chance): Trouble {
  const rarity = chance.of([3, 8, 20]);
  let left = most;
  let storm = 0;
  return (operation, items) => {
    if (operation === 'TransactWriteItems' && storm > 0) {
      storm -= 1;
      return cancelled(chance, items);
    }
    if (left === 0 || !chance.oneIn(rarity)) return undefined;
    left -= 1;
    if (operation === 'TransactWriteItems' && chance.oneIn(2)) {
      if (chance.oneIn(10)) storm = stormLength;
      return cancelled(chance, items);
    }
    return aBlow(chance);
  };
}

function aBlow(chance: Chance): Blow {
  const when = chance.of(['before', 'after'] as const);
  if (chance.oneIn(3)) return { name: `end ${when}`, does: 'end', when };
  if (chance.oneIn(4)) return { name: `cut ${when}`, does: 'cut', when };
  const fault = chance.of(refusals);
  // Only a service in trouble fails a call that it carries out.
  const lost = (fault.status ?? 400) >= 500 ? when : 'before';
  return { name: `${fault.name} ${lost}`, does: 'answer', fault, when: lost };
}

/** A cancelled transaction has changed nothing; the reasons stand in the order of its items. */
function cancelled(chance: Chance, items: number): Blow {
  const reason = chance.of(cancellations);
  const at = chance.below(items);
  const reasons = Array.from({ length: items }, (_, item) => (item === at ? reason : 'None'));
  const fault = { name: 'TransactionCanceledException', reasons };
  return { name: reason, does: 'answer', fault, when: 'before' };
}
