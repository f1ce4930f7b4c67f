import { aSignature } from './a-person.ts';
import type { RunningStack } from './a-stack.ts';
import { aVisitor } from './a-visitor.ts';

/** Ten people sign the seeded campaign and confirm, and the letters of that milestone are sent. */
export async function reachMilestone({ url, host }: Pick<RunningStack, 'url' | 'host'>): Promise<void> {
  const visitor = aVisitor(url);
  const people = Array.from({ length: 10 }, (_, at) => `signer${at}@example.org`);
  await Promise.all(people.map((email) => visitor.sign(aSignature({ email }))));
  await host.quiet();
  await Promise.all(people.map((email) => visitor.confirm(email)));
  await host.quiet();
}
