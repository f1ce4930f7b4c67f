/** `node docs/performance-page.ts` writes docs/performance.md again from the figures of the last `npm run bench -- --page`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSvg } from '../bench/chart.ts';
import type { Row } from '../bench/figure.ts';
import type { Report, ReportSection } from '../bench/report.ts';

const folder = import.meta.dirname;
/** The figures that the page is made of, as they were measured. */
const figures = 'performance/figures.json';

/** What the figures of a section mean to a reader. */
const words: Record<string, string> = JSON.parse(
  readFileSync(join(folder, 'performance/words.json'), 'utf8'),
);

/** The page, its charts and the figures themselves, by file name within `docs/`. */
export function toPerformancePage(report: Report): Record<string, string> {
  const charts = report.sections.flatMap((section) => section.charts);
  return {
    'performance.md': toMarkdown(report),
    [figures]: `${JSON.stringify(report, null, 2)}\n`,
    ...Object.fromEntries(charts.map((chart) => [`performance/${chart.name}.svg`, toSvg(chart)])),
  };
}

export function writePerformancePage(report: Report): void {
  mkdirSync(join(folder, 'performance'), { recursive: true });
  for (const [name, content] of Object.entries(toPerformancePage(report))) {
    writeFileSync(join(folder, name), content);
  }
}

export function readReport(): Report {
  return JSON.parse(readFileSync(join(folder, figures), 'utf8'));
}

function toMarkdown(report: Report): string {
  const rows = report.sections.flatMap((section) => section.rows);
  return `${[
    '# Performance and cost',
    '<!-- Written by `npm run bench -- --page`: change what measures, or docs/performance/words.json. -->',
    words['intro'],
    machineOf(report),
    '## In short',
    toTable(rows.filter(({ bound, ok }) => bound !== null || !ok)),
    ...report.sections.map(toSection),
  ].join('\n\n')}\n`;
}

function machineOf({ on, machine: { processor, cores, node, system } }: Report): string {
  return `Measured on ${on} by \`npm run bench -- --page\`, on ${cores} cores of ${processor}, ${system}, Node ${node}.
The figures as data: [figures.json](${figures}).`;
}

function toSection({ name, title, rows, charts }: ReportSection): string {
  const hows = [...new Set(rows.map(({ how }) => how))];
  const pictures = charts.map((chart) => `![${chart.title}](performance/${chart.name}.svg)`);
  return [
    `## ${title}`,
    ...(words[name] ? [words[name]] : []),
    ...pictures,
    toTable(rows, hows),
    hows.map((how, at) => `${at + 1}. ${how}`).join('\n'),
  ].join('\n\n');
}

/** With the number of the note that says how, where there are notes. */
function toTable(rows: Row[], hows?: string[]): string {
  const lines = rows.map((row) => [
    hows && row.bound !== null ? `**${toCell(row.name)}**` : toCell(row.name),
    row.value === null ? 'not measured' : toAmount(row.value, row.unit),
    row.bound === null ? '' : toAmount(row.bound, row.unit),
    ...(hows ? [String(hows.indexOf(row.how) + 1)] : [row.ok ? 'holds' : '**does not hold**']),
  ]);
  const head = ['figure', 'measured', 'at most', hows ? 'how' : ''];
  return [head, ['---', '---:', '---:', '---'], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** A bar would end the cell. */
function toCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function toAmount(value: number, unit: string): string {
  return `${value.toLocaleString('en', { maximumFractionDigits: 5 })}${unit === '×' ? unit : ` ${unit}`}`.trim();
}

if (import.meta.main) writePerformancePage(readReport());
