import { countryList } from '../../shared/kernel/iso.ts';
import { between, pick, type Random, seeded } from '../load/random.ts';
import type { Moulds } from './mould.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Actions that were confirmed three hours ago, of which the tally knows nothing. */
export const lostActions = 100;

/** An action of the seeded campaign; times in milliseconds. */
export interface PlannedAction {
  mould: keyof Moulds;
  country: string;
  confirmedAt: number;
  withdrawnAt: number;
  isLost: boolean;
}
export type Counters = Map<string, number>;

/**
 * Actions of every country, spread over 30 days, so that hours are as large as they get. These days are so long ago that
 * nobody asks for markers any more; one in ten pledges, one in fifty has withdrawn.
 */
export function* planActions(rows: number, now: number): Generator<PlannedAction> {
  const random = seeded(rows);
  for (let number = 0; number < rows; number++) {
    const isLost = number < lostActions;
    const confirmedAt = isLost ? now - 3 * hour : now - between(random, 63 * day, 93 * day);
    const withdrawnAt = confirmedAt + between(random, 1, day);
    yield {
      mould: chooseMould(random, isLost),
      country: pick(random, countryList),
      confirmedAt,
      withdrawnAt,
      isLost,
    };
  }
}

/** Adds what an action counts for to its hours. */
export function addAction(hours: Map<string, Counters>, action: PlannedAction): void {
  const { mould, country, confirmedAt, withdrawnAt } = action;
  const letter = mould === 'pledge' ? 'p' : 's';
  const counts = [letter, `${letter}@${country}`, `${letter}+other-org`];
  if (mould === 'pledge') counts.push('n#EUR');
  const add = (at: number, name: string, by: number) => {
    const key = new Date(at).toISOString().slice(0, 13);
    const counters = hours.get(key) ?? new Map<string, number>();
    hours.set(key, counters.set(name, (counters.get(name) ?? 0) + by));
  };
  for (const name of [...counts, `${letter}:confirmed`]) add(confirmedAt, name, 1);
  if (mould === 'pledge') add(confirmedAt, 'a#EUR', 2_500);
  if (mould !== 'withdrawn') return;
  for (const name of counts) add(withdrawnAt, name, -1);
  add(withdrawnAt, `${letter}:withdrawn`, 1);
}

function chooseMould(random: Random, isLost: boolean): keyof Moulds {
  const chance = random();
  if (isLost || chance < 0.88) return 'signature';
  return chance < 0.98 ? 'pledge' : 'withdrawn';
}
