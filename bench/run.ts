/** `npm run bench`: measures what the design holds itself to, on the stack that deploys, and ends with 1 when a bound is broken. */
import { writeFileSync } from 'node:fs';
import { writePerformancePage } from '../docs/performance-page.ts';
import { progress, toRow } from './figure.ts';
import { openLab } from './lab.ts';
import { toSummary, toTable } from './print-figures.ts';
import { type ReportSection, toReport } from './report.ts';
import { measureSection, type Section, within } from './section.ts';
import { sections } from './sections.ts';
import { readOptions, requireWritable, usageError } from './tool.ts';

const usage = `
npm run bench -- [--only SECTION,SECTION…] [--json FILE] [--page]

  --only   measures only these sections: ${sections.map(({ name }) => name).join(', ')};
           recount takes a quarter of an hour and gigabytes, and is measured only when it is named
  --json   writes the figures to a file: [{ name, value, unit, bound, ok, how }]
  --page   writes docs/performance.md and its charts; of all sections but recount

It ends with 0 when all figures are within their bounds, with 1 when one is not or could not be measured, and with 2
when it was called wrongly.`;

await main();

async function main(): Promise<void> {
  const { only, json, page, help } = readOptions(
    {
      only: { type: 'string' },
      json: { type: 'string' },
      page: { type: 'boolean' },
      help: { type: 'boolean' },
    },
    usage,
  );
  if (help) return console.log(usage);
  if (page && only) usageError(`--page is made of all sections: leave --only out.\n${usage}`);
  const chosen = chooseSections(only);
  if (json) requireWritable(json);
  // As on Lambda, whose functions share this process's clock.
  process.env['TZ'] = 'UTC';
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const report = toReport(await measureAll(chosen));
  const rows = report.sections.flatMap((section) => section.rows);
  console.log(`\n${toSummary(rows)}`);
  if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
  if (page) writePerformancePage(report);
  // What was given up as too slow may still be running.
  process.exit(rows.every(({ ok }) => ok) ? 0 : 1);
}

/** Those of `--only`, in the order of the table; without it all but those that take too long. */
function chooseSections(only: string | undefined): Section[] {
  if (only === undefined) return sections.filter(({ byName }) => !byName);
  const names = only.split(',');
  const unknown = names.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0) usageError(`There is no section ${unknown.join(', ')}.\n${usage}`);
  return sections.filter(({ name }) => names.includes(name));
}

/** One after the other; each is printed as soon as it is done. */
async function measureAll(chosen: Section[]): Promise<ReportSection[]> {
  const lab = openLab();
  const measured: ReportSection[] = [];
  for (const [at, section] of chosen.entries()) {
    progress(`section ${at + 1} of ${chosen.length}: ${section.name}`);
    const { figures, charts = [] } = await measureSection(section, lab);
    console.log(`\n${toTable(`${section.name}: ${section.title}`, figures)}`);
    measured.push({ name: section.name, title: section.title, rows: figures.map(toRow), charts });
  }
  await within(60, lab.close()).catch(console.error);
  return measured;
}
