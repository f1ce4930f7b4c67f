/** So many keys that nobody has would otherwise fill the memory. */
const mostKeys = 1_000;

/**
 * Reads through a memory: what was read for a key is good for so many milliseconds, or for fewer if whoever asks says
 * so. A read that failed is not remembered. `now` in milliseconds since the epoch.
 */
export function keptFor<T>(
  longest: number,
  read: (key: string, now: number) => Promise<T>,
): (key: string, now: number, oldest?: number) => Promise<T> {
  const kept = new Map<string, { value: Promise<T>; readAt: number }>();
  return (key, now, oldest = longest) => {
    const last = kept.get(key);
    if (last && now - last.readAt < oldest) return last.value;
    const value = read(key, now);
    kept.set(key, { value, readAt: now });
    value.catch(() => {
      if (kept.get(key)?.value === value) kept.delete(key);
    });
    if (kept.size > mostKeys) kept.delete(kept.keys().next().value ?? '');
    return value;
  };
}
