import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Author } from '../../shared/audit/audit-schema.ts';
import { auditPut } from '../../shared/audit/entry.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { readRoster, saveRoster } from './member-store.ts';
import type { Decision, Roster } from './roster.ts';

interface Change<T> {
  organisation: string;
  /** Decides on the roster as it is; asked again when somebody else was faster. */
  decide: (roster: Roster) => Decision<T>;
  by: Author;
  reason?: string | undefined;
  /** What else is written with it. */
  others?: (answer: T) => TransactWriteItem[];
  now: number;
}

/**
 * Changes who belongs to an organisation in one transaction with the entry in the log, on the condition that the roster is
 * still the one that was decided on: so two people who change it at once are decided one after the other.
 */
export function changeRoster<T>({ organisation, decide, by, reason, others, now }: Change<T>): Promise<T> {
  return untilSaved(async () => {
    const roster = await readRoster(organisation);
    const { answer, change } = decide(roster);
    if (!change) return answer;
    const entry = auditPut({ thing: `organisation:${organisation}`, by, reason, ...change.entry }, now);
    const isSaved = await saveRoster(roster, change, [entry, ...(others?.(answer) ?? [])]);
    return isSaved ? answer : undefined;
  }, 'Too many people are changing the members of this organisation at once; try again.');
}
