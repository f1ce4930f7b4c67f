import type { Properties } from '../contract.ts';

/** Throws for a property that is none of `known`: what the host would ignore in silence stops its start. */
export function expectOnly(what: string, properties: Properties, known: string[]): void {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown) throw new Error(`${what}: the local host does not know ${unknown}.`);
}
