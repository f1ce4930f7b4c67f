import type { Json } from '../contract.ts';

/** Capacity units that the table engine reported, by caller, table and operation. */
interface CapacityUse {
  caller: string;
  table: string;
  operation: string;
  calls: number;
  units: number;
}
export interface Capacity {
  add(caller: string, operation: string, answer: Json): void;
  /** A call that was refused, by its condition or otherwise: it reports no table and no units (AWS bills some). */
  refused(caller: string, operation: string): void;
  /** What was used since the start or the last reset. */
  used(): CapacityUse[];
  reset(): void;
}

export function createCapacity(): Capacity {
  const uses = new Map<string, CapacityUse>();
  const count = (caller: string, operation: string, { TableName, CapacityUnits }: Json) => {
    const key = `${caller}|${TableName}|${operation}`;
    const use = uses.get(key) ?? { caller, table: TableName, operation, calls: 0, units: 0 };
    uses.set(key, { ...use, calls: use.calls + 1, units: use.units + CapacityUnits });
  };
  return {
    add: (caller, operation, answer) => {
      for (const consumed of [answer.ConsumedCapacity ?? []].flat()) count(caller, operation, consumed);
    },
    refused: (caller, operation) => count(caller, operation, { TableName: 'refused', CapacityUnits: 0 }),
    used: () => [...uses.values()],
    reset: () => uses.clear(),
  };
}
