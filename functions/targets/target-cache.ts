import { listOffices, listTargets } from './target-store.ts';

/** How old the registry may be (milliseconds). */
const longest = 30_000;

/** The registry as it was at most 30 s ago, in the order of the ids. */
export const findTargets = /* @__PURE__ */ cached(() => listTargets());

/** What anyone may know of it. */
export const findOffices = /* @__PURE__ */ cached(() => listOffices());

/** A failed read is not remembered. */
function cached<T>(read: () => Promise<T>): (now: number) => Promise<T> {
  let last: { registry: Promise<T>; readAt: number } | undefined;
  return (now) => {
    if (last && now - last.readAt < longest) return last.registry;
    const registry = read();
    last = { registry, readAt: now };
    registry.catch(() => {
      last = undefined;
    });
    return registry;
  };
}
