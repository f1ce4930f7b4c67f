import { directReactor } from '../../shared/events/reactor.ts';
import { readTargets } from '../campaigns/read.ts';
import { requestLetter } from './letter-store.ts';
import { toLetters } from './request-letters.ts';

export const handler = directReactor(['MilestoneReached'], async ({ detail }) => {
  const letters = toLetters(detail, await readTargets(detail.campaign));
  await Promise.all(letters.map(requestLetter));
});
