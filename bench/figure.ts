/** One line of the table. Without a bound it is there to explain another line. */
export interface Figure {
  name: string;
  /** NaN when it could not be measured. */
  measured: number;
  /** The most that is allowed. */
  bound?: number;
  /** As printed behind the number: ` USD`, `×`. */
  unit?: string;
  /** One sentence: how it was measured. */
  how: string;
}

/** A figure as it is written for other programs. `value` is null when it could not be measured; `bound` when there is none. */
export interface Row {
  name: string;
  value: number | null;
  unit: string;
  bound: number | null;
  /** False when over its bound, or not measured. */
  ok: boolean;
  how: string;
}

export function toRow(figure: Figure): Row {
  const { name, measured, bound = null, unit = '', how } = figure;
  const value = Number.isFinite(measured) ? rounded(measured) : null;
  return { name, value, unit: unit.trim(), bound, ok: isOk(figure), how };
}

/** By the number as printed, so that what reads as equal to its bound is within it. */
export function isOk({ measured, bound = Number.MAX_VALUE }: Figure): boolean {
  return rounded(measured) <= bound;
}

/** Two decimals, and two digits of what is smaller. */
export function rounded(value: number): number {
  return Number(Math.abs(value) < 0.1 ? value.toPrecision(2) : value.toFixed(2));
}

/** The middle one, or another quantile, of some numbers. */
export function quantile(numbers: number[], at = 0.5): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}

/** Says on stderr what is being done, for those who wait. */
export function progress(text: string): void {
  console.error(`… ${text}`);
}
