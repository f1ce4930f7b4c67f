import { isKnownColumn, missingColumns } from './csv-columns.ts';
import { type Column, toCsvRow } from './csv-row.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';
import { type Row, type RowError, type Rows, rowError } from './row-error.ts';

/** The rows of a table that has a column for each field: `label.en`, `contact_details.0.value`. Empty rows are none. */
export function readTable(text: string): Rows {
  const [header, ...records] = readCsv(text).filter(isFilled);
  if (!header) return { rows: [], faults: [] };
  if ('fault' in header) return { rows: [], faults: [rowError(header.line, 'unreadable-row', header.fault)] };
  const columns = withoutTail(header.cells).map((cell) => cell.trim());
  const missing = missingColumns(columns).map((column) =>
    rowError(header.line, 'missing-column', `The column ${column} is missing.`, column),
  );
  const faults = [...missing, ...refuseColumns(columns, header.line)];
  // Every row would be wrong in the same way.
  if (missing.length > 0) return { rows: [], faults };
  const paths = columns.map(toColumn);
  return { rows: records.map((record) => toRow(record, paths)), faults };
}

function isFilled(record: CsvRecord): boolean {
  return 'fault' in record || record.cells.some((cell) => cell.trim());
}

function refuseColumns(columns: string[], line: number): RowError[] {
  return columns.flatMap((column, at) => {
    if (columns.indexOf(column) < at)
      return [rowError(line, 'repeated-column', `The column ${column} is there twice.`, column)];
    if (isKnownColumn(column)) return [];
    return [rowError(line, 'unknown-column', `The column “${column}” is not known; leave it out.`, column)];
  });
}

function toColumn(name: string): Column {
  return { name, path: isKnownColumn(name) ? name.split('.') : undefined };
}

function toRow(record: CsvRecord, columns: Column[]): Row {
  const { line } = record;
  if ('fault' in record) return { line, unreadable: record.fault };
  const cells = record.cells.slice(0, columns.length);
  const beyond = withoutTail(record.cells.slice(columns.length));
  const count = cells.length + beyond.length;
  if (count !== columns.length)
    return { line, unreadable: `The row has ${count} cells, and there are ${columns.length} columns.` };
  return { line, ...toCsvRow(columns, cells) };
}

/** Spreadsheets write empty cells up to the rightmost column that was ever in use. */
function withoutTail(cells: string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim()) + 1);
}
