/** One line of the table. Without a bound it is there to explain another line. */
export interface Figure {
  name: string;
  measured: number;
  /** The most that is allowed. */
  bound?: number;
  unit?: string;
}

/** Prints the figures; false when one is over its bound. */
export function printFigures(figures: Figure[]): boolean {
  const rows = [['figure', 'measured', 'bound', ''], ...figures.map(toRow)];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(([name = '', measured = '', bound = '', verdict = '']) =>
    [
      name.padEnd(widths[0] ?? 0),
      measured.padStart(widths[1] ?? 0),
      bound.padStart(widths[2] ?? 0),
      verdict,
    ].join('   '),
  );
  console.log(`\n${lines.map((line) => line.trimEnd()).join('\n')}`);
  return !figures.some(isOver);
}

/** Says on stderr what is being done, for those who wait. */
export function progress(text: string): void {
  console.error(`… ${text}`);
}

/** The middle one, or another quantile, of some numbers. */
export function quantile(numbers: number[], at = 0.5): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}

function toRow(figure: Figure): string[] {
  const { name, measured, bound, unit = '' } = figure;
  if (bound === undefined) return [`  ${name}`, `${shown(measured)}${unit}`, '', ''];
  return [name, `${shown(measured)}${unit}`, `${shown(bound)}${unit}`, isOver(figure) ? 'OVER' : 'ok'];
}

/** As printed, so that what reads as equal to its bound is within it. What could not be measured is over. */
function isOver({ measured, bound }: Figure): boolean {
  return bound !== undefined && !(Number(shown(measured)) <= bound);
}

function shown(value: number): string {
  return String(Number(value.toFixed(2)));
}
