import { invalidFields } from '../../shared/kernel/validate.ts';
import type { Campaign } from './campaign.ts';
import { blocks, type CampaignProblem } from './campaign-problem.ts';
import { isBlocking, listOwnProblems } from './list-problems.ts';

/**
 * A change of what is published brings nothing that would have kept it from being published, as far as the campaign itself
 * tells, without the registry and its letters. What was wrong before may stay so.
 * @throws Problem `invalid-fields` with all that is new.
 */
export function refuseUnpublishable(stored: Campaign, next: Campaign, now: number): void {
  if (stored.status === 'draft') return;
  const known = new Set(blockingIn(stored, now).map(nameOf));
  const added = blockingIn(next, now).filter((problem) => !known.has(nameOf(problem)));
  if (added.length === 0) return;
  throw invalidFields(
    added.map(({ code, message, pointer = '' }) => ({ code, message, pointer })),
    'This campaign is published, and could not be as it would be then; errors names what to mend first.',
  );
}

/**
 * The same of a selection. @param count the offices that it selects now.
 * @throws Problem `invalid-fields`.
 */
export function requireTargets({ status, letters }: Campaign, count: number): void {
  if (status === 'draft' || !letters || count > 0) return;
  const message =
    'The letters of this campaign would go to nobody: select one office at least, or take the letters out of its settings first.';
  throw invalidFields([{ pointer: '', code: 'no-target', message }]);
}

function blockingIn(campaign: Campaign, now: number): CampaignProblem[] {
  return [...listOwnProblems(campaign, now).filter(isBlocking), ...ofTargets(campaign)];
}

/** Rules that select nobody today are known to the registry alone. */
function ofTargets({ letters, targets: { rules, ids } }: Campaign): CampaignProblem[] {
  if (!letters || rules.length + ids.length > 0) return [];
  const message =
    'No office is selected that letters could go to: choose whom the campaign addresses first (PUT …/targets), or leave letters out.';
  return [blocks('no-target', message, { pointer: '/letters' })];
}

/** By its words: where it stands in a list may change. */
function nameOf({ code, message }: CampaignProblem): string {
  return `${code} ${message}`;
}
