import { quantile } from '../figure.ts';
import type { Counts, Difference } from './counts.ts';
import type { ByStatus, Ledger } from './ledger.ts';
import type { Punctuality } from './submit.ts';

/** Quantiles of some times in ms; null where there were none. */
type Spread = Record<'p50' | 'p95' | 'p99' | 'max', number | null>;

/** What a run of the load tool came to. */
export interface LoadReport
  extends Pick<Ledger, 'sent' | 'accepted' | 'refused' | 'retried' | 'mails' | 'confirmed' | 'overtaken'> {
  campaign: string;
  rate: number;
  seconds: number;
  seed: number;
  run: string;
  interrupted: boolean;
  /** Seconds, from the first submission to the comparison. */
  took: number;
  punctuality: Punctuality;
  /** From when a submission was due, and from when the button was pressed, to the answer. */
  latency: { submission: Spread; confirmation: Spread };
  /** From the answer to a confirmation until the tally shows it: see freshness.ts. */
  freshness: Spread;
  /** What the tally has to be: that of the start and what was confirmed. */
  expected: Counts;
  differences: Difference[];
}

/** How far a run is. */
export interface Progress {
  ledger: Ledger;
  /** Submissions of the whole run. */
  planned: number;
  /** Actions of this run that the tally shows. */
  counted: number;
}

export function toSpread(times: number[]): Spread {
  const at = (share: number) => (times.length > 0 ? quantile(times, share) : null);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function toProgressLine({ ledger, planned, counted }: Progress): string {
  const { accepted, mails, confirmed } = ledger;
  const sent = `sent ${totalOf(ledger.sent)}/${planned}`;
  return `${sent}, accepted ${accepted}, mails ${mails}, confirmed ${confirmed}, counted ${counted}`;
}

/** The report as programs read it; counts, which may be beyond 2^53, as strings. */
export function toJson(report: LoadReport): string {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return `${JSON.stringify(report, plain, 2)}\n`;
}

/** The report as people read it. */
export function toText(report: LoadReport): string {
  const { sent, accepted, refused, retried, mails, overtaken, confirmed, latency, freshness } = report;
  const rows = [
    ['sent', `${totalOf(sent)}, of them ${sent.duplicate} repeated and ${sent.invalid} invalid`],
    ['schedule', toSchedule(report.punctuality)],
    ['accepted', `${accepted}`],
    ['refused', toStatuses(refused)],
    ['sent again', toStatuses(retried)],
    ['mails', `${mails}${overtaken > 0 ? `, ${overtaken} of them overtaken by a newer request` : ''}`],
    ['confirmed', `${confirmed}`],
    ['submission', toTimes(latency.submission)],
    ['confirmation', toTimes(latency.confirmation)],
    ['freshness', toTimes(freshness)],
  ];
  const lines = rows.map(([name = '', value]) => `${name.padEnd(14)}${value}`);
  return [...lines, '', ...toVerdict(report)].join('\n');
}

function toVerdict({ differences, interrupted, took, confirmed }: LoadReport): string[] {
  const after = `after ${took.toFixed(0)} s${interrupted ? ', interrupted' : ''}`;
  if (differences.length === 0)
    return [`Exact ${after}: the tally grew by the ${confirmed} confirmed, in every breakdown.`];
  const lines = differences.map(
    ({ what, expected, found }) => `  ${what}: expected ${expected}, found ${found}`,
  );
  return [`NOT EXACT ${after}:`, ...lines];
}

function toSchedule({ latest, late }: Punctuality): string {
  const most = `at most ${latest.toFixed(0)} ms late`;
  return late === 0 ? `kept, ${most}` : `FALLEN BEHIND: ${late} were sent over 100 ms late, ${most}`;
}

function toStatuses(byStatus: ByStatus): string {
  const parts = Object.entries(byStatus).map(([status, times]) =>
    status === '0' ? `${times} without an answer` : `${times} by ${status}`,
  );
  return parts.join(', ') || 'none';
}

function toTimes(spread: Spread): string {
  const parts = Object.entries(spread).map(([name, ms]) => `${name} ${ms === null ? 'none' : toTime(ms)}`);
  return parts.join('   ');
}

function toTime(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function totalOf(numbers: Record<string, number>): number {
  return Object.values(numbers).reduce((sum, number) => sum + number, 0);
}
