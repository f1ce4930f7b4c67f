import { unguardCell } from '../../shared/kernel/spreadsheet-cell.ts';

/** What the cells of a row say, in the shape of a target. */
export interface CsvRow {
  value: Record<string, unknown>;
  /** The pointer to the column that one into the value leads to: `/contact_details/0/value` may stand in that of number 1. */
  pointerTo(pointer: string): string;
}

type Fields = { [key: string]: Fields | string };

/** Lists, by the first part of their columns. */
const lists = ['contact_details', 'sources'];

/** A column, and where in a target it leads: `contact_details`, `0`, `value`. Undefined for one that is not known. */
export interface Column {
  name: string;
  path: string[] | undefined;
}

/** An empty cell is a field left out; a contact or source of empty cells only is not there, and the next takes its place. */
export function toCsvRow(columns: Column[], cells: string[]): CsvRow {
  const fields: Fields = {};
  for (const [at, { path }] of columns.entries()) {
    const cell = cells[at]?.trim();
    if (cell && path) put(fields, path, unguardCell(cell));
  }
  const value: Record<string, unknown> = { ...fields };
  if (typeof fields['languages'] === 'string') value['languages'] = toTags(fields['languages']);
  for (const list of lists) if (fields[list]) value[list] = toList(fields[list]);
  return { value, pointerTo: (pointer) => pointer && `/${toColumn(pointer, fields)}` };
}

/** `sw; en` */
function toTags(cell: string): string[] {
  return cell
    .split(/[;,\s]/)
    .map((tag) => tag.trim())
    .filter(Boolean);
}

function put(fields: Fields, path: string[], text: string): void {
  let node = fields;
  for (const key of path.slice(0, -1)) {
    const below = node[key] ?? {};
    node[key] = below;
    // A column is a field or leads to fields, never both.
    node = below as Fields;
  }
  node[path.at(-1) ?? ''] = text;
}

function toList(numbered: Fields | string): unknown[] {
  return numbersOf(numbered).map((number) => (numbered as Fields)[number]);
}

function numbersOf(numbered: Fields | string = {}): string[] {
  return Object.keys(numbered).sort((a, b) => Number(a) - Number(b));
}

function toColumn(pointer: string, fields: Fields): string {
  const [first = '', at = '', ...rest] = pointer.split('/').slice(1);
  if (first === 'languages' || at === '') return first;
  const place = lists.includes(first) ? (numbersOf(fields[first])[Number(at)] ?? at) : at;
  return [first, place, ...rest].join('.');
}
