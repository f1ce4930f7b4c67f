import type { BusEvent, Json, Properties } from '../contract.ts';

/**
 * What a rule's target is handed, as JSON text: the event, a part of it, a constant, or a template filled from it.
 * Throws for a placeholder that the target does not define.
 */
export function toTargetInput(target: Properties, event: BusEvent): string {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) return String(Input);
  if (InputPath !== undefined) return JSON.stringify(atPath(event, InputPath) ?? null);
  if (InputTransformer === undefined) return JSON.stringify(event);
  const paths = Object.entries<string>(InputTransformer.InputPathsMap ?? {});
  const values = paths.map(([name, path]) => [name, atPath(event, path)]);
  return fill(String(InputTransformer.InputTemplate), Object.fromEntries(values));
}

/** `$.detail.items[0]`, `$.detail-type`, `$['detail-type']`. */
function atPath(event: Json, path: string): unknown {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(([, a, b, c]) => a ?? b ?? c);
  return steps.reduce((value: Json, step) => Object(value)[String(step)], event);
}

/** Inside quotes a placeholder becomes text, elsewhere JSON; a path that leads nowhere gives an empty text. */
function fill(template: string, values: Record<string, unknown>): string {
  return template.replace(/<([\w.-]+)>/g, (_, name, offset) => {
    if (!Object.hasOwn(values, name)) throw new Error(`InputTemplate has an unknown placeholder <${name}>.`);
    const value = values[name] ?? '';
    if (!isQuoted(template.slice(0, offset))) return JSON.stringify(value);
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
}

function isQuoted(before: string): boolean {
  return (before.replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;
}
