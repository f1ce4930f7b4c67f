/** The UTC day of a time in milliseconds since the epoch: `2026-10-10`. */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
