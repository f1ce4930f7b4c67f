/** What a web process tells the bench that started it, by messages between processes. */
export interface Measures {
  /** CPU time of the process since its start, in user and in system mode, ms. */
  cpu: number;
  /** Round trips to the database since its start. */
  roundTrips: number;
}

/** In a web process: tells where it listens, then its measures whenever it is asked; and ends when the bench does. */
export function tellMeasures(url: string, roundTrips: () => number): void {
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.(measure(roundTrips())));
  process.send?.(url);
}

function measure(roundTrips: number): Measures {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1_000, roundTrips };
}
