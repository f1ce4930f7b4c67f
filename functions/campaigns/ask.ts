import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '../../shared/kernel/problem.ts';
import type { Campaign } from './campaign.ts';

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

export function frozen(pointer: string): FieldError {
  const message = 'People have signed this: leave it as it is, and explain it by a note.';
  return { pointer, code: 'signed', message };
}
