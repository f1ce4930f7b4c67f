import { stringify } from 'csv-stringify/sync';
import { guardCell } from '../../shared/kernel/spreadsheet-cell.ts';
import { sortColumns } from './csv-columns.ts';
import type { Target } from './target.ts';

/** As it is read again, by people, too. */
export function toJson(targets: Target[]): string {
  return `${JSON.stringify({ targets }, null, 2)}\n`;
}

/**
 * A table with a column for each field that any of the offices has, of which importing makes the same offices again. It
 * begins with the byte order mark by which spreadsheets know UTF-8, and no cell is a formula. All cells are in quotation
 * marks, for spreadsheets that divide by several characters at once.
 */
export function toCsv(targets: Target[]): string {
  const rows = targets.map((target) => new Map(flatten(target)));
  const columns = sortColumns(new Set([...emptyColumns, ...rows.flatMap((row) => [...row.keys()])]));
  const cells = rows.map((row) => columns.map((column) => guardCell(row.get(column) ?? '')));
  return stringify([columns, ...cells], { bom: true, record_delimiter: 'windows', quoted: true });
}

/** What an empty registry has, so that it can be filled in. */
const emptyColumns = ['id', 'classification', 'area_id', 'label.en', 'languages', 'channel', 'updated_at'];

function flatten(target: Target): Array<[column: string, cell: string]> {
  const { languages, ...rest } = target;
  return [['languages', languages.join('; ')], ...flattenFields(rest, '')];
}

/** All that remains are texts, and objects and lists of them. */
function flattenFields(fields: object, before: string): Array<[column: string, cell: string]> {
  return Object.entries(fields).flatMap(([key, value]) =>
    typeof value === 'object'
      ? flattenFields(value, `${before}${key}.`)
      : [[`${before}${key}`, String(value)]],
  );
}
