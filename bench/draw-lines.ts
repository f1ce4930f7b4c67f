import type { Line, LineChart } from './chart.ts';
import { type Drawing, label, letterWidth, round, text, top, width } from './svg.ts';

const height = 360;
/** Between the axes, without what the names of the lines take on the right. */
const area = { left: 80, top: top + 12, bottom: height - 56 };
/** Pixels that two labels at the lines' ends are apart at least. */
const apart = 18;

/** Lines over a logarithmic axis, named where they end. */
export function drawLines(chart: LineChart): Drawing {
  const points = chart.lines.flatMap((line) => line.points);
  const right = width - 30 - letterWidth * Math.max(...chart.lines.map((line) => line.label.length));
  const across = logarithmic(
    points.map(({ x }) => x),
    area.left,
    right,
  );
  const values = points.map(({ y }) => y);
  const upward =
    chart.upward === 'logarithmic'
      ? logarithmic(values, area.bottom, area.top)
      : linear(values, area.bottom, area.top);
  const lines = chart.lines.map((line, at) => drawLine(line, at, across.place, upward.place));
  return {
    height,
    body: [
      ...upward.ticks.map((tick) => drawRow(tick, upward.place(tick), right)),
      ...[...new Set(points.map(({ x }) => x))].map((x) =>
        text(across.place(x), area.bottom + 20, label(x), 'quiet', 'middle'),
      ),
      text((area.left + right) / 2, area.bottom + 42, chart.across, 'quiet', 'middle'),
      ...lines,
      ...nameLines(chart.lines, upward.place, right),
    ].join('\n'),
  };
}

interface Axis {
  place: (value: number) => number;
  ticks: number[];
}

function logarithmic(values: number[], from: number, to: number): Axis {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const [first, last] = [Math.floor(low), Math.ceil(high)];
  const place = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
  return { place, ticks: ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high) };
}

/** From 0, in four or five steps of a round number. */
function linear(values: number[], from: number, to: number): Axis {
  const most = Math.max(...values);
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10) * power;
  const count = Math.ceil(most / step);
  const place = (value: number) => from + (value / (count * step)) * (to - from);
  return { place, ticks: Array.from({ length: count + 1 }, (_, at) => at * step) };
}

function drawRow(value: number, y: number, right: number): string {
  return [
    `<line class="grid" x1="${area.left}" x2="${round(right)}" y1="${round(y)}" y2="${round(y)}"/>`,
    text(area.left - 10, y + 4, label(value), 'quiet', 'end'),
  ].join('\n');
}

function drawLine({ points }: Line, at: number, x: Axis['place'], y: Axis['place']): string {
  const places = points.map((point) => [round(x(point.x)), round(y(point.y))] as const);
  const dots = places.map(([cx, cy]) => `<circle class="fill${at}" cx="${cx}" cy="${cy}" r="4"/>`);
  const path = places.map((place) => place.join(',')).join(' ');
  return [`<polyline class="line line${at}" points="${path}"/>`, ...dots].join('\n');
}

/** At the lines' ends; pushed apart where lines end close to each other. */
function nameLines(lines: Line[], y: Axis['place'], right: number): string[] {
  const ends = lines
    .map(({ label: name, points }, at) => ({ name, at, y: y(points.at(-1)?.y ?? 0) }))
    .sort((one, other) => one.y - other.y);
  for (const [at, end] of ends.entries()) {
    end.y = Math.max(end.y, (ends[at - 1]?.y ?? Number.NEGATIVE_INFINITY) + apart);
  }
  return ends.map(({ name, at, y: place }) => text(right + 12, place + 4, name, `fill${at}`));
}
