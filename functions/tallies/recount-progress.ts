import { type Differences, parts, type Recount } from './recount.ts';
import { noteDifferences, noteRecount } from './recount-store.ts';

/** How often it is noted (milliseconds): often enough to be watched, and not to be taken for dead. */
const interval = 2_000;
/** How long one attempt may take (milliseconds): a minute less than its function, so that it can say so. */
const longestAttempt = 14 * 60 * 1_000;

/** A newer request has taken the place of this one: there is nothing more to do for it. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

/** There are more actions than one attempt has time for: another would not get further. */
export class OutOfTime extends Error {
  override name = 'OutOfTime';
}

/** How far a recount is: kept here, and noted where others look for it. */
export class RecountProgress {
  readonly recount: Recount;
  readonly #startedAt = performance.now();
  readonly #said: Pick<Recount, 'partsDone' | 'rows' | 'hours'> = { partsDone: 0, rows: 0, hours: 0 };
  #notedAt = performance.now();

  constructor(recount: Recount) {
    this.recount = recount;
  }

  async readRows(rows: number): Promise<void> {
    this.#said.rows += rows;
    await this.work();
  }

  readPart(): void {
    this.#said.partsDone = Math.min(parts, this.#said.partsDone + 1);
  }

  compareHours(hours: number): void {
    this.#said.hours += hours;
  }

  /** Notes, before it is set right, that something did not match. */
  async find(what: keyof Differences, count = 1): Promise<void> {
    refuse(await noteDifferences(this.recount, what, count, Date.now()));
  }

  /** To be called again and again while at work. @throws OutOfTime, or Overtaken */
  async work(): Promise<void> {
    const now = performance.now();
    if (now - this.#startedAt > longestAttempt) throw new OutOfTime(`${this.recount.campaign} is too large`);
    if (now - this.#notedAt < interval) return;
    this.#notedAt = now;
    refuse(await noteRecount(this.recount, this.#said, Date.now()));
  }

  async end(state: 'done' | 'failed', reason?: Recount['reason']): Promise<void> {
    const now = Date.now();
    const said = { ...this.#said, state, finishedAt: now, ...(reason && { reason }) };
    refuse(await noteRecount(this.recount, said, now));
  }
}

function refuse(isNoted: boolean): void {
  if (!isNoted) throw new Overtaken('a newer request has taken the place of this one');
}
