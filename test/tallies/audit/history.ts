import type { ActionKind } from '../../../shared/kernel/action-kind.ts';
import { day, noon } from '../../support/a-campaign.ts';

/** What supporters and campaigners did, one command after the other, and the luck that it met on its way. */
export interface History {
  commands: Command[];
  /** Seed of all that is not said: whose turn it is, what fails, what comes twice and in which order. */
  luck: number;
}

/** `who` is a place in `actions`. `after`: milliseconds since the command before; `presses`: how often at once. */
export type Command = { after: number; presses: number } & (
  | { do: 'ask'; who: number; said: Said }
  /** By a mailed link: the last one (0), the one before (1), … */
  | { do: 'confirm'; who: number; link: number }
  | { do: 'withdraw' | 'erase'; who: number }
  /** What the schedule does with a request, and TTL with an action, that was not confirmed in time. */
  | { do: 'forget' | 'expire'; who: number }
  /** By a campaigner of all campaigns under the root, or of one chapter alone. */
  | { do: 'invalidate'; many: number[]; reason: (typeof reasons)[number]; within: Chapter | undefined }
  | { do: 'fulfil'; who: number; paid: number }
  | { do: 'verify'; who: number }
);
/** A command with its time, in milliseconds since the epoch. */
export type Timed<T extends Command = Command> = T & { now: number };

/** What a supporter says of what counts. Only a pledge has a use for the money; an endorsement shows no person. */
export interface Said {
  /** What was signed in the root `world`: itself, or a chapter. `elsewhere` has none. */
  campaign: 'world' | Chapter;
  country: string;
  partner: string | undefined;
  source: string | undefined;
  /** Whether one may be shown in public, and how. */
  display: 'anonymous' | 'initials' | 'name';
  /** What a pledge is of; else it backs the demand. */
  money: boolean;
  currency: string;
  /** Minor units. */
  amount: number;
  toVerify: boolean;
}

export const reasons = ['automated', 'duplicate', 'impersonation', 'ineligible', 'test'] as const;
type Chapter = 'chapter-a' | 'chapter-b';

/** The campaigns: a root with two chapters, and another root. */
export const campaigns = ['world', 'chapter-a', 'chapter-b', 'elsewhere'] as const;
type CampaignName = (typeof campaigns)[number];
/** What the campaigns are called in a history that is played. */
export type Slugs = Record<CampaignName, string>;
export const roots = ['world', 'elsewhere'] as const;

/** The actions of a history: one mailbox's, of one kind, in one root campaign. */
export const actions: Array<{ root: (typeof roots)[number]; kind: ActionKind }> = [
  { root: 'world', kind: 'signature' },
  { root: 'world', kind: 'pledge' },
  { root: 'world', kind: 'endorsement' },
  { root: 'world', kind: 'pledge' },
  { root: 'world', kind: 'signature' },
  { root: 'elsewhere', kind: 'signature' },
  { root: 'world', kind: 'signature' },
  { root: 'elsewhere', kind: 'pledge' },
  { root: 'world', kind: 'pledge' },
  { root: 'world', kind: 'endorsement' },
];
/** Thresholds that so few can reach. */
export const milestones = { world: [1, 2, 4], country: [1, 2] };

/** What the key of somebody's actions ends in: a hash of a mailbox that begins with a zero byte, for one partition of each root and kind. */
export function hashOf(who: number): string {
  return Buffer.from(`\0mailbox ${who}`).toString('base64url');
}

/** Whether a campaigner has to verify what was said: always when an organisation signs, never when a person does. */
export function isToVerify(who: number, { toVerify }: Pick<Said, 'toVerify'>): boolean {
  const kind = actions[who]?.kind;
  return kind === 'endorsement' || (kind === 'pledge' && toVerify);
}

/** The campaign that an action of this root counts for by what was said. */
export function campaignOf(who: number, { campaign }: Said): CampaignName {
  return actions[who]?.root === 'world' ? campaign : 'elsewhere';
}

/** Commands with their times: all in the 58 days before noon, since older changes are refused. */
export function timed(commands: Command[]): Timed[] {
  let now = noon - 58 * day;
  return commands.map((command) => {
    now += now + command.after > noon - day ? Math.min(command.after, 61_000) : command.after;
    return { ...command, now };
  });
}
