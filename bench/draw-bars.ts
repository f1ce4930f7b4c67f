import type { BarChart } from './chart.ts';
import { type Drawing, label, letterWidth, round, text, top, width } from './svg.ts';

const row = 24;
/** Pixels that a value takes. */
const valueWidth = 90;

/** A bar for each, all from the same line, with its value beside it. */
export function drawBars({ bars, unit }: BarChart): Drawing {
  const left = 30 + letterWidth * Math.max(...bars.map((bar) => bar.label.length));
  const scale = (width - left - valueWidth) / Math.max(...bars.map(({ value }) => value));
  const drawn = bars.map((bar, at) => {
    const y = top + at * row;
    const length = round(Math.max(1, bar.value * scale));
    return [
      text(left - 10, y + 15, bar.label, '', 'end'),
      `<rect class="bar" x="${round(left)}" y="${y + 3}" width="${length}" height="${row - 8}" rx="2"/>`,
      text(left + length + 8, y + 15, `${label(bar.value)}${unit}`, 'quiet'),
    ].join('\n');
  });
  return { height: top + bars.length * row + 14, body: drawn.join('\n') };
}
