import { readOptions, requireWritable, usageError } from '../tool.ts';
import type { LoadOptions } from './run-load.ts';

const usage = `Usage: npm run load -- --rate <submissions a second> --seconds <how long>
         [--campaign <slug>] [--url <origin of a local stack>] [--seed <number>] [--json <file>]`;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What the load tool was called with; ends it with 2 when that makes no sense. */
export function readLoadOptions(): LoadOptions & { json: string | undefined } {
  const given = readOptions(
    {
      rate: { type: 'string' },
      seconds: { type: 'string' },
      campaign: { type: 'string', default: 'mental-health-for-all' },
      url: { type: 'string', default: `http://localhost:${process.env['PORT'] ?? 4000}` },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
      json: { type: 'string' },
    },
    usage,
  );
  const { rate, seconds, campaign, url, seed, json } = given;
  if (json !== undefined) requireWritable(json);
  return {
    // The API lets 2,000 requests a second through, which is more than a machine of today can answer.
    rate: toNumber('rate', rate, 0.1, 2_000),
    seconds: toNumber('seconds', seconds, 1, 3_600),
    seed: toWhole('seed', seed, 2 ** 32 - 1),
    campaign,
    url: toLoopback(url),
    json,
  };
}

function toNumber(name: string, given: string | undefined, least: number, most: number): number {
  if (given === undefined) usageError(`Give --${name}.\n${usage}`);
  const number = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  if (number >= least && number <= most) return number;
  return usageError(`--${name} has to be a number from ${least} to ${most}, not ${given}.`);
}

function toWhole(name: string, given: string, most: number): number {
  const number = toNumber(name, given, 0, most);
  return Number.isInteger(number) ? number : usageError(`--${name} has to be a whole number, not ${given}.`);
}

/** Only this machine's stacks: nobody shall put load on a site that people use. */
function toLoopback(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'http:' || url.pathname !== '/' || url.search || url.username)
    usageError(`--url has to be an origin such as http://localhost:4000, not ${given}.`);
  if (!loopback.test(url.hostname))
    usageError(
      `${url.hostname} is not this machine: load is for local stacks only, such as http://localhost:4000.`,
    );
  return url.origin;
}
