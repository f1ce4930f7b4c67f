type Choices = Record<string, readonly unknown[]>;
type Row<C extends Choices> = { [name in keyof C]: C[name][number] };
/** One value of one choice, by its place: `host:2`. */
type Cell = string;

/**
 * Few rows in which each value of a choice meets each value of every other choice at least once. The same rows for the same
 * choices, always: each row begins with a pair that has not met yet, and goes on with the values that make most new pairs.
 * Of equals, the one used least is taken.
 */
export function pairwise<const C extends Choices>(choices: C): Row<C>[] {
  const columns = Object.entries(choices)
    .map(([name, values]) => values.map((_, at): Cell => `${name}:${at}`))
    .sort((a, b) => b.length - a.length);
  const missing = new Set(pairsOf(columns));
  const uses = new Map<Cell, number>();
  const rows: Cell[][] = [];
  for (const pair of missing) {
    const row = completed(pair.split('|'), columns, missing, uses);
    for (const cell of row) uses.set(cell, (uses.get(cell) ?? 0) + 1);
    for (const met of row.flatMap((cell) => meetings(cell, row))) missing.delete(met);
    rows.push(row);
  }
  return rows.map((row) => Object.fromEntries(row.map((cell) => toEntry(cell, choices))) as Row<C>);
}

function completed(begun: Cell[], columns: Cell[][], missing: Set<string>, uses: Map<Cell, number>): Cell[] {
  const row = [...begun];
  for (const column of columns) {
    if (column.some((cell) => row.includes(cell))) continue;
    const gain = (cell: Cell) => meetings(cell, row).filter((pair) => missing.has(pair)).length;
    const used = (cell: Cell) => uses.get(cell) ?? 0;
    row.push(...[...column].sort((a, b) => gain(b) - gain(a) || used(a) - used(b)).slice(0, 1));
  }
  return row;
}

/** Each pair once. */
function pairsOf(columns: Cell[][]): string[] {
  return columns.flatMap((column, at) => {
    const others = columns.slice(at + 1).flat();
    return column.flatMap((cell) => others.map((other) => `${cell}|${other}`));
  });
}

/** The pairs of a cell with the others of a row, either way round: only one of them was ever missing. */
function meetings(cell: Cell, row: Cell[]): string[] {
  return row.flatMap((other) => (other === cell ? [] : [`${cell}|${other}`, `${other}|${cell}`]));
}

function toEntry(cell: Cell, choices: Choices): [name: string, value: unknown] {
  const [name = '', at] = cell.split(':');
  return [name, choices[name]?.[Number(at)]];
}
