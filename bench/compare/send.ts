import type { Child } from './child.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { expected } from './payloads.ts';

/** Has signatures sent. Rejects when what is valid is not accepted, or anything else is. */
export async function send(load: Child, order: LoadOrder): Promise<{ seconds: number; accepted: number }> {
  const { seconds, statuses } = (await load.ask(order)) as LoadReport;
  const { from, amount } = order;
  const accepted = expected(from + amount).accepted - expected(from).accepted;
  const refused = (statuses[400] ?? 0) + (statuses[422] ?? 0);
  if (statuses[202] === accepted && refused === amount - accepted) return { seconds, accepted };
  throw new Error(
    `${accepted} of ${amount} were to be accepted; the answers were ${JSON.stringify(statuses)}.`,
  );
}
