/** At most so long (seconds) is waited after failures. */
const longestWait = 300;

/** Milliseconds until the next read: a little apart for each reader, and ever longer while reading fails. */
export function waitFor(pollAfter: number, failures: number, random = Math.random()): number {
  return failures
    ? Math.min(longestWait, pollAfter * 2 ** failures) * (500 + random * 1_000)
    : pollAfter * (900 + random * 200);
}

/**
 * Reads again and again: each time that it is due and wanted. `read` resolves to the seconds after which reading again
 * makes sense, or to undefined if it failed, which a rejection is, too. What is returned is to be called whenever it may be wanted now, or not any
 * more: it sets the next read, or takes it back.
 */
export function poll(read: () => Promise<number | undefined>, isWanted: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;
  let failures = 0;
  let due = 0;
  const next = async () => {
    reading = true;
    let seconds: number | undefined;
    try {
      seconds = await read();
    } finally {
      failures = seconds ? 0 : failures + 1;
      due = Date.now() + waitFor(seconds ?? 5, failures);
      reading = false;
      plan();
    }
  };
  const plan = () => {
    clearTimeout(timer);
    if (isWanted() && !reading) timer = setTimeout(next, due - Date.now());
  };
  return plan;
}
