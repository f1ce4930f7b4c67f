/** How long something is tried while others write to the same items (milliseconds). */
const patience = 20_000;

/**
 * Tries until it is done, through conflicts and throttling. Each attempt has to read anew what it goes by.
 * @throws what else fails, and when it is not done in time.
 */
export async function untilDone(what: string, attempt: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patience;
  for (let tries = 0; ; tries++) {
    if (await attempt().catch(falseIfPassing)) return;
    if (performance.now() > deadline) throw new Error(`${what} could not be set right in time`);
    // Full jitter, up to 0.8 s.
    await pause(Math.random() * Math.min(800, 25 * 2 ** tries));
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function falseIfPassing(error: unknown): false {
  if (/^Transaction|Throttl|LimitExceeded|Throughput/.test((error as Error).name)) return false;
  throw error;
}
