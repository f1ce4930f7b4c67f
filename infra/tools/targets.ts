/**
 * `npm run targets -- import FILE [--skip-bad] [--dry-run]` checks a registry of targets, CSV or JSON, here, and then has it
 * imported; `npm run targets -- export FILE` writes the registry to a file of the same kinds. Locally or on AWS: `--url URL
 * --token TOKEN`. Ends with 0 when it is done, 1 when the file or the deployment refuses it, and 2 when it was called wrongly.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { requireWritable, usageError } from '../../bench/tool.ts';
import { type Format, parseRegistry } from '../../functions/targets/parse-registry.ts';
import { largestFile } from '../../functions/targets/registry-request.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import { CallError, findDeployment, notReached } from './deployment.ts';
import { createProgressBar } from './progress-bar.ts';
import { fetchTargets, sendTargets } from './targets-client.ts';

const usage = `Usage: npm run targets -- import FILE.csv|json [--skip-bad] [--dry-run] [--url http://localhost:4000] [--token TOKEN]
       npm run targets -- export FILE.csv|json [--url http://localhost:4000] [--token TOKEN]`;
const count = new Intl.NumberFormat('en');

type Options = ReturnType<typeof readCall>;

try {
  const options = readCall();
  process.exitCode = options.verb === 'import' ? await importFile(options) : await exportFile(options);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CallError) usageError(message);
  console.error(message);
  process.exitCode = 1;
}

function readCall() {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean', default: false }] as const;
  const options = { url: text, token: text, 'skip-bad': flag, 'dry-run': flag };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [verb, file = '', ...more] = positionals;
    const [, format] = /\.(csv|json)$/i.exec(file) ?? [];
    if ((verb !== 'import' && verb !== 'export') || !format || more.length > 0) throw new Error();
    return { ...values, verb, file, format: format.toLowerCase() as Format };
  } catch (error) {
    usageError([(error as Error).message, usage].filter(Boolean).join('\n'));
  }
}

/** A file that is refused here is not sent: a table of 100,000 rows would be too large for that. */
async function importFile(options: Options): Promise<number> {
  const { file, format, 'skip-bad': skipBad, 'dry-run': dryRun } = options;
  const bar = createProgressBar(process.stderr);
  bar.show(0, 2, `checking ${file}`);
  const bytes = readBytes(file);
  const { faults, errors, rows } = parseRegistry(bytes, format);
  if (faults.length > 0 || (errors.length > 0 && !skipBad)) {
    bar.end();
    return refuse([...faults, ...errors]);
  }
  if (bytes.length > largestFile) {
    bar.end();
    console.error(`${file} is larger than 4 MB: import it in parts.`);
    return 1;
  }
  bar.show(1, 2, `importing ${some(rows, 'office')}`);
  const deployment = await findDeployment(options);
  const answer = await sendTargets(deployment, { bytes, format, skipBad, dryRun })
    .catch((error) => notReached(error, deployment.origin))
    .finally(() => bar.end());
  if ('detail' in answer) {
    console.error(answer.detail);
    return refuse(answer.errors ?? []);
  }
  for (const error of answer.errors) console.log(toLine(error));
  if (answer.moreErrors > 0) console.log(`… and ${some(answer.moreErrors, 'error')} more`);
  const { added, changed, unchanged, skipped } = answer;
  const done = `${added} added, ${changed} changed, ${unchanged} as they were, ${skipped} skipped`;
  console.log(dryRun ? `Nothing was saved. It would be: ${done}.` : `Imported: ${done}.`);
  return 0;
}

async function exportFile(options: Options): Promise<number> {
  const { file, format } = options;
  requireWritable(file);
  const deployment = await findDeployment(options);
  const text = await fetchTargets(deployment, format).catch((error) => notReached(error, deployment.origin));
  writeFileSync(file, text);
  const { rows } = parseRegistry(Buffer.from(text), format);
  console.log(`${some(rows, 'office')} written to ${file}.`);
  return 0;
}

function refuse(errors: FieldError[]): number {
  for (const error of errors) console.error(toLine(error));
  const lines = new Set(errors.map(({ line }) => line)).size;
  if (errors.length > 0)
    console.error(`Nothing was imported: ${some(errors.length, 'error')} in ${some(lines, 'line')}.`);
  return 1;
}

/** `line 17, label.en: Give a text.` */
function toLine({ line, pointer, message }: FieldError): string {
  const field = pointer.slice(1).replaceAll('/', '.');
  const place = [...(line ? [`line ${line}`] : []), ...(field ? [field] : [])].join(', ');
  return place ? `${place}: ${message}` : message;
}

function readBytes(file: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(file);
  } catch {
    usageError(`There is no file ${file} that can be read.`);
  }
}

function some(number: number, one: string): string {
  return `${count.format(number)} ${one}${number === 1 ? '' : 's'}`;
}
