/** Chance that can be had again: the same seed, the same choices. */
export interface Chance {
  /** From 0 to 1, without 1. */
  next(): number;
  below(limit: number): number;
  oneIn(many: number): boolean;
  of<T>(choices: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** By mulberry32, a generator of 32 bits. */
export function aChance(seed: number): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    oneIn: (many) => below(many) === 0,
    of: <T>(choices: readonly T[]) => choices[below(choices.length)] as T,
    shuffled: (list) =>
      list
        .map((item) => ({ item, place: next() }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item),
  };
}
