/** Whether an error passes by itself: the service's own fault, throttling, or a connection that failed. */
export function isPassing(error: unknown): boolean {
  const { name = '', code = '', $fault } = (error ?? {}) as { name?: string; code?: string; $fault?: string };
  return (
    $fault === 'server' ||
    /Throttl|LimitExceeded|Throughput|Timeout|TransactionConflict/.test(name) ||
    /^(ECONN|ETIMEDOUT|EPIPE)/.test(code)
  );
}
