/** Fields that a log line may carry: none of them can hold personal data or a token. */
interface LogFields {
  campaign?: string;
  organisation?: string;
  moment?: string;
  event?: string;
  letter?: string;
  /** Subject of a campaigner's ID token: no address. */
  member?: string;
  reason?: string;
  /** UTC: `2026-10-10T09`. */
  hour?: string;
  /** Counters of a tally, as text: JSON has no integers of their size. */
  counters?: Record<string, string>;
  count?: number;
  error?: unknown;
}

/** One line, which Lambda writes as JSON with its level. Of an error, its name, message and stack; messages of ours carry no personal data. */
export function log(level: 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void {
  const { error, ...rest } = fields;
  const facts =
    error instanceof Error ? { errorName: error.name, errorMessage: error.message, stack: error.stack } : {};
  console[level]({ message, ...rest, ...facts });
}
