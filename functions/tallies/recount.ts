import * as z from 'zod';
import { Reason as LogReason } from '../../shared/audit/audit-schema.ts';
import { type CatalogueEvent, toEvent } from '../../shared/events/catalogue.ts';
import { ActionKind } from '../../shared/kernel/action-kind.ts';

const counts = z.int().nonnegative();
const times = z.int().optional();

/** What a recount found not to match, and set right. */
export const Differences = z.strictObject({
  events: counts.describe('Changes of actions that had never been counted'),
  hours: counts.describe('Hours that did not match the actions for another reason'),
  tallies: counts.describe('Tallies that were not the sum of their hours'),
  governments: counts.describe('Governments with a letter that the tally did not have'),
});
export type Differences = z.output<typeof Differences>;

/** Why a recount failed: there are more actions than it has time for, or something broke, which its log tells. */
const Reason = z.enum(['out-of-time', 'error']);

/**
 * The last recount of a root campaign with its chapters, as it is stored; the next one takes its place. Times in
 * milliseconds since the epoch.
 */
export const Recount = z.object({
  campaign: z.string(),
  version: z.int(),
  /** Version at which it was requested: tells one request from the next. */
  requestVersion: z.int(),
  state: z.enum(['requested', 'running', 'done', 'failed']),
  reason: Reason.optional(),
  requestedAt: z.int(),
  startedAt: times,
  /** When it last showed that it is at work. */
  progressAt: times,
  finishedAt: times,
  partsDone: counts,
  rows: counts,
  hours: counts,
  differences: Differences,
});
export type Recount = z.output<typeof Recount>;

/** A request says nothing but that it is one, and maybe why. */
export const RecountRequest = z.strictObject({ reason: LogReason.optional() }).meta({ id: 'RecountRequest' });

/** A recount as campaigners see it. */
export const PublicRecount = z
  .strictObject({
    campaign: z.string().describe('Slug of the root campaign, whose chapters are recounted with it'),
    state: Recount.shape.state,
    reason: Reason.optional().describe('Why it failed'),
    requestedAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    until: z.iso.datetime().describe('What changed before this hour is compared with the actions'),
    parts: z.strictObject({ done: counts, of: counts }).describe('How far reading the actions is'),
    rows: counts.describe('Actions read so far'),
    hours: counts.describe('Hours of tallies that were compared with them'),
    differences: Differences.describe('What did not match; all of it is set right once the state is `done`'),
  })
  .meta({ id: 'Recount' });
export type PublicRecount = z.output<typeof PublicRecount>;

const minute = 60 * 1_000;
const hour = 60 * minute;
/** A request that has not ended by then never will: its function has been tried three times. */
export const longestRequest = hour;
/** One that has not shown for so long that it is at work has ended. */
export const longestSilence = 45 * 1_000;
/** Clocks differ, and a change made just before an hour's end may be written just after it. */
const settling = 5 * minute;
/** As many parts as a root campaign's actions lie in. */
export const parts = 256 * ActionKind.options.length;

/**
 * The hour before which actions and hours are compared: it is over, and all that was done in it is written. It depends
 * on the request alone, so that every attempt at a request does the same work.
 */
export function comparedUntil({ requestedAt }: Pick<Recount, 'requestedAt'>): number {
  return Math.floor((requestedAt - settling) / hour) * hour;
}

/** Id of the event that tells of a request. */
export function requestId({
  campaign,
  requestVersion,
}: Pick<Recount, 'campaign' | 'requestVersion'>): string {
  return `${campaign}:recount:${requestVersion}`;
}

/** The news in a change of the stored item: a new request, and nothing of how it goes on. */
export function recountNews(before: Recount | undefined, after: Recount): CatalogueEvent[] {
  if (after.state !== 'requested' || after.requestVersion === before?.requestVersion) return [];
  const { campaign, requestedAt } = after;
  const at = new Date(requestedAt).toISOString();
  return [toEvent('RecountRequested', { id: requestId(after), at, campaign })];
}

/** A stored item as a recount. */
export function toRecount({ pk, sk: _sk, ...facts }: Record<string, unknown>): Recount {
  return Recount.parse({ campaign: pk, ...facts });
}

export function toPublicRecount(recount: Recount): PublicRecount {
  const { campaign, state, reason, partsDone, rows, hours, differences } = recount;
  const time = (at: number) => new Date(at).toISOString();
  return {
    campaign,
    state,
    ...(reason && { reason }),
    requestedAt: time(recount.requestedAt),
    startedAt: recount.startedAt === undefined ? null : time(recount.startedAt),
    finishedAt: recount.finishedAt === undefined ? null : time(recount.finishedAt),
    until: time(comparedUntil(recount)),
    parts: { done: partsDone, of: parts },
    rows,
    hours,
    differences,
  };
}
