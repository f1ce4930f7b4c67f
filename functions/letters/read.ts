import { type CatalogueEvent, toEvent } from '../../shared/events/catalogue.ts';
import { keptFor } from '../../shared/kernel/kept-for.ts';
import { Letter, toLetterId } from './letter.ts';
import type { PublicLetterState } from './letter-proof.ts';
import { listLetterFacts, listLetters } from './letter-store.ts';
import { listPublic } from './list-public.ts';
import { defineLetterTrial, type LetterFault, type LetterTrial, type TryLetters } from './try-letters.ts';

/** For functions that have typst beside them (`LettersRoom.typesetter`): what would become of a campaign's letters. */
export { defineLetterTrial, type LetterFault, type LetterTrial, type TryLetters };

const news = {
  requested: 'LetterRequested',
  approved: 'LetterApproved',
  delivered: 'LetterDelivered',
} as const;

/** That a letter to a target was requested, and that it was delivered if it was; milliseconds since the epoch. */
export interface LetterTimes {
  target: string;
  requestedAt: number;
  deliveredAt: number | undefined;
}

/** When the letters of a campaign were requested and delivered. */
export async function readLetterTimes(campaign: string): Promise<LetterTimes[]> {
  return (await listLetters(campaign)).map(({ target, requestedAt, state, changedAt }) => ({
    target,
    requestedAt,
    deliveredAt: state === 'delivered' ? changedAt : undefined,
  }));
}

/**
 * What became of a campaign's letters, the newest 200 first, at most 60 s ago: reading them costs as much as all that is
 * stored of them, and a page is asked for all the time.
 */
export function readPublicLetters(campaign: string, now: number): Promise<PublicLetterState[]> {
  return findPublicLetters(campaign, now);
}

const findPublicLetters = /* @__PURE__ */ keptFor(60_000, async (campaign) =>
  listPublic(await listLetterFacts(campaign)),
);

/** The news in a change of an item of the Letters table, for the outbox: the states that somebody waits for. */
export function letterNews(before: unknown, after: unknown): CatalogueEvent[] {
  if (!isLetter(after)) return [];
  const [old, now] = [before === undefined ? undefined : Letter.parse(before), Letter.parse(after)];
  if (old?.state === now.state) return [];
  // A letter that SES had no room for stands approved again; its message is still in the queue.
  if (old?.state === 'sending' && now.state === 'approved') return [];
  const name = Object.hasOwn(news, now.state) ? news[now.state as keyof typeof news] : undefined;
  if (!name) return [];
  const detail = {
    id: `letters:${toLetterId(now)}:${now.version}`,
    at: new Date(now.changedAt).toISOString(),
    campaign: now.campaign,
    letter: toLetterId(now),
    target: now.target,
  };
  return [toEvent(name, detail)];
}

/** Numbers and texts lie in partitions of their own, which no slug of a campaign can name. */
function isLetter(item: unknown): boolean {
  return !(item as { campaign: string }).campaign.includes('#');
}
