/** The results of some work for each of many, in their order; at most so many at a time. */
export async function byTurns<T, R>(
  many: readonly T[],
  work: (one: T, at: number) => Promise<R>,
  atATime = 6,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < many.length) {
      const at = next++;
      results[at] = await work(many[at] as T, at);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
