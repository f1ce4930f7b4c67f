import { type Figure, isOk, type Row, rounded } from './figure.ts';

/** A section of the table. Lines set in explain the line above them; how a figure was measured stands below those it is said of. */
export function toTable(title: string, figures: Figure[]): string {
  const rows = figures.map(toCells);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = figures.flatMap((figure, at) => {
    const line = `  ${align(rows[at] ?? [], widths)}`.trimEnd();
    return figures[at + 1]?.how === figure.how ? [line] : [line, `        ${figure.how}`];
  });
  return [title, ...lines].join('\n');
}

/** The last words: how many bounds hold, and which do not. */
export function toSummary(rows: Row[]): string {
  const broken = rows.filter(({ ok }) => !ok);
  if (broken.length === 0)
    return `All bounds hold: ${rows.filter(({ bound }) => bound !== null).length} figures.`;
  return ['Over their bounds, or not measured:', ...broken.map(({ name }) => `  ${name}`)].join('\n');
}

function toCells(figure: Figure): string[] {
  const { name, measured, bound, unit = '' } = figure;
  const value = Number.isFinite(measured) ? `${shown(measured)}${unit}` : 'not measured';
  if (bound === undefined) return [`  ${name}`, value, '', isOk(figure) ? '' : 'FAILED'];
  return [name, value, `at most ${shown(bound)}${unit}`, isOk(figure) ? 'ok' : 'OVER'];
}

function align([name = '', measured = '', bound = '', verdict = '']: string[], widths: number[]): string {
  const [first = 0, second = 0, third = 0] = widths;
  return [name.padEnd(first), measured.padStart(second), bound.padEnd(third), verdict].join('   ');
}

function shown(value: number): string {
  return rounded(value).toLocaleString('en', { maximumFractionDigits: 6 });
}
