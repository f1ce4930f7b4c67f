import { messageOf } from '../../shared/kernel/issue-message.ts';
import { toFieldErrors } from '../../shared/kernel/validate.ts';
import { type Decoded, decodeFile } from './decode-file.ts';
import { readList } from './read-list.ts';
import { readTable } from './read-table.ts';
import { type Row, type RowError, type Rows, rowError } from './row-error.ts';
import { Target } from './target.ts';

export type Format = 'csv' | 'json';

/** An office, and the line in which it begins. */
export interface Located {
  line: number;
  target: Target;
}

export interface ParsedRegistry {
  /** How many rows there are, good and bad. */
  rows: number;
  /** The good ones. */
  targets: Located[];
  /** What is wrong with others, which can be skipped. */
  errors: RowError[];
  /** What is wrong with the file, of which nothing can be imported then. */
  faults: RowError[];
}

/** More than all offices that a network writes to, and few enough for a function's memory. */
export const mostTargets = 10_000;

/** Reads a registry. All that is wrong with any row is named, however many there are. */
export function parseRegistry(bytes: Uint8Array, format: Format): ParsedRegistry {
  const decoded = decodeFile(bytes);
  if (!decoded) return { rows: 0, targets: [], errors: [], faults: [notUtf8(1)] };
  const { rows, faults } = readRows(decoded.text, format);
  const parsed: ParsedRegistry = { rows: rows.length, targets: [], errors: [], faults };
  const lineOf = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    const errors = checkId(row, lineOf);
    const target = checkRow(row, errors);
    if (target) parsed.targets.push({ line: row.line, target });
    const end = rows[at + 1]?.line ?? row.line + 1;
    for (const error of errors) parsed.errors.push(nameByte(error, end, decoded));
  }
  return parsed;
}

function readRows(text: string, format: Format): Rows {
  if (!text.trim()) return { rows: [], faults: [rowError(1, 'empty-file', 'The file is empty.')] };
  const { rows, faults } = format === 'csv' ? readTable(text) : readList(text);
  if (text.slice(0, 1_000).includes('\ufffd') && faults.length > 0)
    return { rows, faults: [...faults, notUtf8(1)] };
  const first = rows[mostTargets];
  if (first) {
    const message = `There are ${rows.length} rows, and a registry has ${mostTargets} at most.`;
    return { rows, faults: [...faults, rowError(first.line, 'too-many-rows', message)] };
  }
  if (rows.length > 0 || faults.length > 0) return { rows, faults };
  return { rows, faults: [rowError(1, 'empty-file', 'There is no office in the file.')] };
}

/** The target of a row, if nothing is wrong; what is wrong is added to the errors. */
function checkRow(row: Row, errors: RowError[]): Target | undefined {
  if ('unreadable' in row) {
    errors.push(rowError(row.line, 'unreadable-row', row.unreadable));
    return undefined;
  }
  const { line, value, pointerTo = (pointer) => pointer } = row;
  const result = Target.safeParse(value, { reportInput: true, error: messageOf });
  if (result.success) return errors.length === 0 ? result.data : undefined;
  const id = idOf(row);
  for (const error of result.error.issues.flatMap(toFieldErrors))
    errors.push({ line, ...(id && { id }), ...error, pointer: pointerTo(error.pointer) });
  return undefined;
}

/** Rows that are wrong for another reason have their ids, too. */
function checkId(row: Row, lineOf: Map<string, number>): RowError[] {
  const id = idOf(row);
  if (!id) return [];
  const first = lineOf.get(id);
  if (first !== undefined)
    return [{ ...rowError(row.line, 'duplicate-id', `Line ${first} has this id, too.`, 'id'), id }];
  lineOf.set(id, row.line);
  return [];
}

function idOf(row: Row): string | undefined {
  const { id } = Object('value' in row && row.value) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

function notUtf8(line: number): RowError {
  return rowError(line, 'not-utf-8', 'The file is not in UTF-8: save it as UTF-8 (in Excel, “CSV UTF-8”).');
}

/** Says also which byte is not UTF-8, if one of the row's lines has such a byte. */
function nameByte(error: RowError, end: number, { damage }: Decoded): RowError {
  if (error.code !== 'not-utf-8') return error;
  for (let line = error.line; line < end; line += 1) {
    const byte = damage.get(line);
    if (byte) return { ...error, message: `${byte} of line ${line} is not UTF-8: save the file as UTF-8.` };
  }
  return error;
}
