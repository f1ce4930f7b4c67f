import { Problem } from '../../shared/kernel/problem.ts';

/** Goes on for a page's address, with a slash behind it too. @throws Problem `not-found` for anything below it. */
export function refuseBelow({ rest }: Record<string, string | undefined>): void {
  if (rest) throw new Problem('not-found', 'There is nothing at this address.');
}
