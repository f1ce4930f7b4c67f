import { findItems } from './find-items.ts';
import { type RowError, type Rows, rowError } from './row-error.ts';

/** The items of a JSON list, or of the list `targets` in an object that has nothing else. */
export function readList(text: string): Rows {
  const parsed = parse(text);
  if (parsed.fault) return { rows: [], faults: [parsed.fault] };
  const list = Array.isArray(parsed.value) ? parsed.value : listIn(parsed.value);
  if (!list)
    return { rows: [], faults: [rowError(1, 'no-list', 'Give a list of offices, or {"targets": [ … ]}.')] };
  const lines = findItems(text);
  const before = list === parsed.value ? '' : '/targets';
  const rows = list.map((value, at) => ({
    ...{ line: lines[at] ?? 1, value },
    pointerTo: (pointer: string) => `${before}/${at}${pointer}`,
  }));
  return { rows, faults: [] };
}

function parse(text: string): { value?: unknown; fault?: RowError } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const { message } = error as Error;
    const [, position = String(text.length)] = /position (\d+)/.exec(message) ?? [];
    const line = text.slice(0, Number(position)).split('\n').length;
    return { fault: rowError(line, 'not-json', 'The file is not readable as JSON from this line on.') };
  }
}

function listIn(value: unknown): unknown[] | undefined {
  const [first, ...others] = Object.entries(value ?? {});
  const [key, list] = first ?? [];
  return key === 'targets' && Array.isArray(list) && others.length === 0 ? list : undefined;
}
