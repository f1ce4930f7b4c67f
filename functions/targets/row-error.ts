import type { FieldError } from '../../shared/kernel/problem.ts';

/**
 * What is wrong, and in which line of a file, from 1 on. `pointer` leads to the column, or into the item of a list; it is
 * empty for all of it.
 */
export type RowError = FieldError & { line: number };

export function rowError(line: number, code: string, message: string, field = ''): RowError {
  return { line, pointer: field && `/${field}`, code, message };
}

/** A row as it was read, or what made it unreadable. `pointerTo` says where in the file a pointer into the value leads. */
export type Row = { line: number } & (
  | { value: unknown; pointerTo?: (pointer: string) => string }
  | { unreadable: string }
);

/** Of a file, before its rows are looked at. With faults, nothing of it can be imported. */
export interface Rows {
  rows: Row[];
  faults: RowError[];
}
