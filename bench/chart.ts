import { drawBars } from './draw-bars.ts';
import { drawLines } from './draw-lines.ts';
import { toSvgFile } from './svg.ts';

interface ChartBase {
  /** Of its file, without `.svg`. */
  name: string;
  title: string;
  /** As printed behind a number: ` USD`, `×`. */
  unit: string;
}

/** Amounts beside each other. */
export interface BarChart extends ChartBase {
  bars: { label: string; value: number }[];
}

/** How something moves with something else. */
export interface LineChart extends ChartBase {
  /** What the numbers across are: `viewers`. Their axis is logarithmic. */
  across: string;
  /** @default linear, from 0 */
  upward?: 'logarithmic';
  lines: Line[];
}
export interface Line {
  label: string;
  points: { x: number; y: number }[];
}

export type Chart = BarChart | LineChart;

/** A chart as a file that stands on its own, in light and dark, and says in words what it shows. */
export function toSvg(chart: Chart): string {
  const drawing = 'bars' in chart ? drawBars(chart) : drawLines(chart);
  return toSvgFile({ ...drawing, title: chart.title, description: toWords(chart) });
}

function toWords(chart: Chart): string {
  const number = (value: number) =>
    `${value.toLocaleString('en', { maximumFractionDigits: 2 })}${chart.unit}`;
  if ('bars' in chart) return chart.bars.map(({ label, value }) => `${label}: ${number(value)}`).join('; ');
  const points = (line: Line) =>
    line.points.map(({ x, y }) => `${number(y)} at ${x.toLocaleString('en')} ${chart.across}`).join(', ');
  return chart.lines.map((line) => `${line.label}: ${points(line)}`).join('. ');
}
