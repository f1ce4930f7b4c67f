import { CsvError, type Options, parse } from 'csv-parse/sync';

/** A record of a CSV file (RFC 4180), with the line in which it begins. */
export type CsvRecord = { line: number } & ({ cells: string[] } | { fault: string });

/** No office is nearly as long, in characters; a quotation mark that nobody closes would go on for ever. */
const longestRecord = 128_000;

/**
 * The records of a CSV file, the first of which names the columns. Cells are divided by commas, or by the semicolons or
 * tabs that spreadsheets of many countries write. A sound file is read at once; one that is not is read record by record,
 * so that all that is wrong is found.
 */
export function readCsv(text: string): CsvRecord[] {
  const options = {
    delimiter: /^[^\n]*?([,;\t])/.exec(text)?.[1] ?? ',',
    relax_column_count: true,
    max_record_size: longestRecord,
  };
  try {
    return readWhole(text, options);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return readApart(text, options);
  }
}

function readWhole(text: string, options: Options): CsvRecord[] {
  const records: CsvRecord[] = [];
  let end = 0;
  // Of what is known of a record, only its line is kept: all of it would be several times larger than the file.
  const on_record = (cells: string[], { lines }: { lines: number }) => {
    records.push({ line: end + 1, cells });
    end = lines;
    return null;
  };
  parse(text, { ...options, on_record });
  return records;
}

function readApart(text: string, options: Options): CsvRecord[] {
  const lines = text.split('\n');
  const endOf = findEnds(lines);
  const records: CsvRecord[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = endOf(at);
    const record = readOne(lines.slice(at, end), options);
    if (record) records.push({ line: at + 1, ...record });
    // What goes wrong over several lines may have begun in the first alone.
    at = record && 'fault' in record ? at + 1 : end;
  }
  return records;
}

/** Undefined for the nothing after the last line's end. */
function readOne(lines: string[], options: Options): { cells: string[] } | { fault: string } | undefined {
  try {
    const [cells] = parse(lines.join('\n'), options);
    return cells && { cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { fault: faultOf(error) };
  }
}

/**
 * Where a record that begins in a line ends: after the first line up to which the quotation marks are even. The line itself
 * when there is none.
 */
function findEnds(lines: string[]): (start: number) => number {
  const odd = [false];
  for (const line of lines) odd.push(odd.at(-1) !== (line.split('"').length % 2 === 0));
  // By line: the next one, itself included, up to which they are even, and odd.
  const next: Array<[even: number, odd: number]> = [];
  for (let end = lines.length; end > 0; end -= 1) {
    const [even, uneven] = next[end + 1] ?? [0, 0];
    next[end] = odd[end] ? [even, end] : [end, uneven];
  }
  return (start) => next[start + 1]?.[odd[start] ? 1 : 0] || start + 1;
}

function faultOf({ code }: CsvError): string {
  if (code === 'CSV_MAX_RECORD_SIZE') return `The row is longer than ${longestRecord} characters.`;
  return 'The quotation marks do not match: put a cell that has one in quotation marks, and double those within.';
}
