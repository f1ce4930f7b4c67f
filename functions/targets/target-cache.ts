import type { Target } from './target.ts';
import { listTargets } from './target-store.ts';

/** How old the registry may be (milliseconds). */
const longest = 30_000;

let cached: { registry: Promise<Target[]>; readAt: number } | undefined;

/** The registry as it was at most 30 s ago, in the order of the ids. A failed read is not remembered. */
export function findTargets(now: number): Promise<Target[]> {
  if (cached && now - cached.readAt < longest) return cached.registry;
  const registry = listTargets();
  cached = { registry, readAt: now };
  registry.catch(() => {
    cached = undefined;
  });
  return registry;
}
