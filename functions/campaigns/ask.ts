import { isDeepStrictEqual } from 'node:util';
import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import type { Campaign } from './campaign.ts';
import { statusAt } from './publish-campaign.ts';

/**
 * After so long (milliseconds) no function goes by what it remembers from before: the 30 s of campaign-cache.ts, the 10 s
 * that a request may take at either end, and room for clocks that differ.
 */
export const forgottenAfter = 60_000;

type Ask = Pick<Campaign, 'texts' | 'kinds' | 'pledge'>;

/**
 * What supporters stand for, piece by piece, under JSON pointers into a campaign: a language more is a piece more. Whether
 * organisations may sign, too, changes nothing for those who signed.
 */
function piecesOf({ texts, kinds, pledge }: Ask): Map<string, unknown> {
  const byLanguage = { texts, 'pledge/beneficiary': pledge?.beneficiary, 'pledge/purpose': pledge?.purpose };
  return new Map([
    ['/kinds', kinds.filter((kind) => kind !== 'endorsement').sort()],
    ...Object.entries(byLanguage).flatMap(([name, said = {}]) =>
      Object.entries(said).map(([language, text]) => [`/${name}/${language}`, text] as const),
    ),
  ]);
}

/** Pointers to what of an ask is another in the next one, or gone; what is only added is none of it. */
export function changesOfAsk(ask: Ask, next: Ask): string[] {
  const pieces = piecesOf(next);
  return [...piecesOf(ask)]
    .filter(([pointer, said]) => !isDeepStrictEqual(said, pieces.get(pointer)))
    .map(([pointer]) => pointer)
    .sort();
}

/** Whether nobody can have been asked yet: it opens only when no function goes by what it remembers now. */
export function isUnasked({ status, opensAt }: Campaign, now: number): boolean {
  return status === 'live' && now + forgottenAfter < Date.parse(opensAt);
}

/**
 * The ask changes while nobody is asked it, and every function knows so: in a pause.
 * @param changes pointers to what would be another.
 * @throws Problem `conflict`.
 */
export function requirePaused(campaign: Campaign, changes: string[], now: number): void {
  if (statusAt(campaign, now) === 'closed') throw unchangeable(closed, changes);
  const { status, pausedAt } = campaign;
  if (status !== 'paused' || !pausedAt || now < Date.parse(pausedAt) + forgottenAfter)
    throw unchangeable(open, changes);
}

/** @returns Problem `conflict` for an ask that somebody stands for. */
export function askFrozen(changes: string[]): Problem {
  return unchangeable(signed, changes);
}

const signed = {
  code: 'signed',
  detail:
    'People have signed this campaign: what it asks stays as it is. Explain it by a note (POST …/notes), or add languages.',
  message: 'People have signed this: leave it as it is, and explain it by a note.',
};
const open = {
  code: 'not-paused',
  detail:
    'What people may be signing changes only once the campaign has been paused for a minute: pause it first (POST …/pause), and change it a minute later. Languages can be added at any time.',
  message: 'This changes only once the campaign has been paused for a minute.',
};
const closed = {
  code: 'closed',
  detail: 'This campaign is closed: what it asked stays as it is. Explain it by a note (POST …/notes).',
  message: 'This campaign is closed: leave this as it is.',
};

function unchangeable({ code, detail, message }: typeof signed, changes: string[]): Problem {
  return new Problem('conflict', detail, {
    errors: changes.map((pointer): FieldError => ({ pointer, code, message })),
  });
}
