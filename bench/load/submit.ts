import { setImmediate, setTimeout } from 'node:timers/promises';
import { post } from './client.ts';
import type { Ledger } from './ledger.ts';
import type { Submission } from './submission.ts';

/** How well a schedule was kept: how late the latest was sent, in ms, and how many were over 100 ms late. */
export interface Punctuality {
  latest: number;
  late: number;
}
interface Submitting {
  url: string;
  ledger: Ledger;
  signal: AbortSignal;
}

/** Sends each submission when it is due, whether or not earlier ones were answered; resolves with the last answer. */
export async function submitOnSchedule(
  submissions: Iterable<Submission>,
  { url, ledger, signal }: Submitting,
): Promise<Punctuality> {
  const punctuality = { latest: 0, late: 0 };
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  const submit = async (submission: Submission) => {
    const due = start + submission.at;
    note(punctuality, performance.now() - due);
    ledger.send(submission);
    const answer = await post(url + submission.path, submission.contentType, submission.body);
    ledger.takeSubmission(submission, answer, { begun: due, ended: performance.now() });
  };
  for (const submission of submissions) {
    const wait = start + submission.at - performance.now();
    await (wait >= 1 ? setTimeout(wait, undefined, { signal }).catch(() => {}) : setImmediate());
    if (signal.aborted) break;
    const work: Promise<void> = submit(submission).finally(() => underWay.delete(work));
    underWay.add(work);
  }
  await Promise.all(underWay);
  return punctuality;
}

function note(punctuality: Punctuality, late: number): void {
  punctuality.latest = Math.max(punctuality.latest, late);
  if (late > 100) punctuality.late += 1;
}
