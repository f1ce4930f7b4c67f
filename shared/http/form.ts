/**
 * A posted form in the shape of the JSON body: `consents[0][id]=privacy` becomes `{ consents: [{ id: 'privacy' }] }`.
 * A field left empty is a field left out. Values stay text; a room's `from…Form` gives them their types.
 */
export function fromForm(fields: Record<string, string | string[]>): Record<string, unknown> {
  const body: Node = {};
  for (const [name, value] of Object.entries(fields)) {
    const text = (Array.isArray(value) ? value.at(-1) : value) ?? '';
    if (text !== '') put(body, toPath(name), text);
  }
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, toLists(value)]));
}

type Node = { [key: string]: Node | string };

/** `a[b][0]` to its keys; a name that no form of ours has stays whole, and is then an unknown field. */
function toPath(name: string): string[] {
  const match = /^(\w{1,40})((?:\[\w{1,40}\]){0,3})$/.exec(name);
  if (!match) return [name];
  return [match[1] ?? '', ...(match[2] ?? '').split(/[[\]]+/).filter(Boolean)];
}

function put(node: Node, [key = '', ...rest]: string[], text: string): void {
  // Defined, not assigned: a field named __proto__ stays a field.
  const define = (value: Node | string) =>
    Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
  if (rest.length === 0) {
    define(text);
    return;
  }
  const child = Object.hasOwn(node, key) ? node[key] : undefined;
  if (typeof child !== 'object') define({});
  put(node[key] as Node, rest, text);
}

/** Nodes whose keys are all numbers are lists, in the order of their numbers. */
function toLists(node: Node | string): unknown {
  if (typeof node === 'string') return node;
  const entries = Object.entries(node);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d{1,3}$/.test(key));
  if (isList) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => toLists(value));
  return Object.fromEntries(entries.map(([key, value]) => [key, toLists(value)]));
}
