import { type Format, parseRegistry } from '../../functions/targets/parse-registry.ts';
import type { Target } from '../../functions/targets/target.ts';
import { toCsv, toJson } from '../../functions/targets/write-registry.ts';

type Cells = Record<string, string>;

/** The cells of a row that is good; any can be replaced, and an empty one is left out of the header, too, if all are. */
export function aRow(changes: Cells = {}): Cells {
  return {
    id: 'ke-health',
    classification: 'health-ministry',
    area_id: 'KE',
    'label.en': 'Ministry of Health',
    languages: 'en',
    channel: 'email',
    'contact_details.0.type': 'email',
    'contact_details.0.value': 'minister.ke@health.example.org',
    updated_at: '2026-10-01',
    ...changes,
  };
}

/** A table of rows; its columns are those that any row has. */
export function aTable(rows: Cells[], end = '\r\n'): string {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const quote = (cell = '') => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [columns, ...rows.map((row) => columns.map((column) => quote(row[column])))]
    .map((cells) => cells.join(',') + end)
    .join('');
}

/** What is wrong with a file, each in one line: `line 3, area_id: unknown-country`. */
export function faultsOf(file: string | Uint8Array, format: Format = 'csv'): string[] {
  const { faults, errors } = parseRegistry(Buffer.from(file as string), format);
  return [...faults, ...errors].map(
    ({ line, pointer, code }) => `line ${line}${pointer && `, ${pointer.slice(1)}`}: ${code}`,
  );
}

/** The offices that are made of a file when it is read again. */
export function again(targets: Target[], format: Format): Target[] {
  const text = format === 'csv' ? toCsv(targets) : toJson(targets);
  const { targets: read, errors, faults } = parseRegistry(Buffer.from(text), format);
  if (errors.length + faults.length > 0) throw new Error(JSON.stringify([...faults, ...errors]));
  return read.map(({ target }) => target);
}
