import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { canonicalMailbox } from '../../shared/kernel/mailbox.ts';

/** A promise of money, in minor units of its currency. */
const Money = z.object({
  amount: z.int().positive(),
  currency: z.string(),
  interval: z.enum(['once', 'monthly']),
});

/** Of what does not count before a campaigner has verified it. */
const verification = {
  toVerify: z.boolean(),
  /** When a campaigner has verified it, in milliseconds since the epoch. */
  verifiedAt: z.int().optional(),
};

/** A pledge as it is kept. Without money it is backing of the demand that governments fund. */
const Pledge = z.object({
  ...Money.partial().shape,
  /** It holds only once this many have pledged. */
  atLeast: z.int().positive().optional(),
  pledger: z.object({ type: z.enum(['individual', 'organisation']), name: z.string().optional() }),
  note: z.string().optional(),
  ...verification,
});

/** The organisation that supports the ask as itself; the person of the details speaks for it. Each has to be verified. */
const Endorser = z.object({ name: z.string(), url: z.string().optional(), ...verification });

/** What the supporter said, beside how and where it was said. */
export const Details = z.object({
  campaign: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  email: z.string(),
  country: z.string(),
  language: z.string(),
  postalCode: z.string().optional(),
  display: z.enum(['anonymous', 'initials', 'name']),
  consents: z.array(z.object({ id: z.string(), version: z.int(), granted: z.boolean() })),
  partner: z.string().optional(),
  source: z.string().optional(),
  pledge: Pledge.optional(),
  endorser: Endorser.optional(),
});
export type Details = z.output<typeof Details>;

/** Of a campaign that was signed before another one: where its supporter came from, and what was agreed to, there. */
export const Joined = Details.pick({ campaign: true, partner: true, source: true, consents: true }).extend({
  /** When it was confirmed for this campaign last, in milliseconds since the epoch. */
  at: z.int(),
});
export type Joined = z.output<typeof Joined>;

/** The logo of an organisation, which a campaigner gave it after verifying it: what is said anew has none. */
export const Logo = z.object({ id: z.string(), width: z.int(), height: z.int() });
export type Logo = z.output<typeof Logo>;

/**
 * What is confirmed: the newest details, which hold in every campaign under the root that was signed. Each campaign has
 * its own partner, source and consents: those of the campaign that was signed last stand with the details, those of the
 * others in `joined`, in the order in which they were signed. There is no `joined` while there are no others.
 */
export const Current = Details.extend({ joined: z.array(Joined).optional(), logo: Logo.optional() });
export type Current = z.output<typeof Current>;

/** What an action counts by; root and kind are in its key. Amounts in minor units. */
export const Counts = z.object({
  campaign: z.string(),
  country: z.string(),
  partner: z.string().optional(),
  source: z.string().optional(),
  /** The supporter may be shown in public, by name or by initials. */
  shown: z.literal(true).optional(),
  /** Of a pledge of money. */
  pledge: z
    .object({ currency: z.string(), amount: z.int().positive(), fulfilled: z.int().positive().optional() })
    .optional(),
  /** Other campaigns under the root in which it counts, too, each by where its supporter came from there. */
  joined: z.array(Joined.pick({ campaign: true, partner: true, source: true })).optional(),
});
export type Counts = z.output<typeof Counts>;

/**
 * The stored item: what is confirmed (`current`) beside what was asked last (`asked`), each with the version of
 * the item at which it was asked. `history` has what it counted by after each change of that, null when by nothing,
 * and `historyVersions` the version of each such change: see count-history.ts. Times in milliseconds since the epoch.
 */
export const Action = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int(),
  state: z.enum(['pending', 'confirmed', 'withdrawn', 'erased', 'invalidated']),
  askedAt: z.int(),
  askedVersion: z.int(),
  asked: Details.extend({ expiresAt: z.int(), counts: Counts.nullish() }).optional(),
  current: Current.optional(),
  currentVersion: z.int().optional(),
  confirmedAt: z.int().optional(),
  changedAt: z.int().optional(),
  history: z.record(z.string(), Counts.nullable()).default({}),
  historyVersions: z.record(z.string(), z.int()).default({}),
});
export type Action = z.output<typeof Action>;

export interface ActionKey {
  pk: string;
  sk: string;
}

/** Parts of an action's id and key: root campaign, kind and the hash of the mailbox. */
interface Identity {
  root: string;
  kind: ActionKind;
  hash: string;
}

/** How long a mailed link confirms (milliseconds), and how long one must wait before asking again. */
export const linkLifetime = 7 * 24 * 60 * 60 * 1_000;
export const askInterval = 60 * 1_000;
/** Requests for one action in a UTC day: as many as mails to an address. */
export const asksPerDay = 5;
/** Changes of what one action counts by, in all its time: its item stays small. Leaving is always possible. */
export const mostChanges = 200;
/** Each change remembers all campaigns that were signed: of several, there are fewer changes. */
export const mostChangesOfSeveral = 80;
/** Campaigns that one action counts for beside the one that was signed last. */
export const mostJoined = 20;

/**
 * The hash that one mailbox has in one root campaign: by a key that is derived from the campaign's salt, so that
 * it says nothing about other campaigns, and nothing at all once the salt is destroyed.
 */
export function mailboxHash(email: string, dedupeKey: Buffer, salt: string): string {
  const key = mailboxKey(dedupeKey, salt);
  return createHmac('sha256', key).update(canonicalMailbox(email)).digest('base64url');
}

/** Derived once for a campaign in a function's lifetime. */
const mailboxKeys = new WeakMap<Buffer, Map<string, KeyObject>>();

function mailboxKey(dedupeKey: Buffer, salt: string): KeyObject {
  const keys = mailboxKeys.get(dedupeKey) ?? new Map<string, KeyObject>();
  mailboxKeys.set(dedupeKey, keys);
  const key = keys.get(salt) ?? deriveKey(dedupeKey, salt);
  keys.set(salt, key);
  return key;
}

function deriveKey(dedupeKey: Buffer, salt: string): KeyObject {
  const salted = Buffer.from(salt, 'base64url');
  return createSecretKey(Buffer.from(hkdfSync('sha256', dedupeKey, salted, 'groundswell mailbox', 32)));
}

/** Whether what was said waits for a campaigner, or was verified by one; undefined of a signature, which needs none. */
export function verificationOf({ pledge, endorser }: Pick<Details, 'pledge' | 'endorser'>) {
  return pledge ?? endorser;
}

/** The same, once a campaigner has verified it. */
export function toVerified(current: Current, verifiedAt: number): Current {
  const { pledge, endorser } = current;
  const verified = { toVerify: false, verifiedAt };
  return {
    ...current,
    ...(pledge && { pledge: { ...pledge, ...verified } }),
    ...(endorser && { endorser: { ...endorser, ...verified } }),
  };
}

/** `root~kind~hash`: fit for URLs and tokens; the key is made of the same parts. */
export function toActionId({ root, kind, hash }: Identity): string {
  return `${root}~${kind}~${hash}`;
}

/** The first byte of the hash spreads a campaign's actions over 256 partitions. */
export function toKey(actionId: string): ActionKey {
  const { root, kind, hash } = fromActionId(actionId);
  const [byte = 0] = Buffer.from(hash, 'base64url');
  return { pk: partitionKey(root, kind, byte), sk: hash };
}

/** Key of one of the 256 partitions (0 to 255) of a campaign's actions of a kind. */
export function partitionKey(root: string, kind: ActionKind, byte: number): string {
  return `${root}#${kind}#${byte.toString(16).padStart(2, '0')}`;
}

export function fromActionId(actionId: string): Identity {
  const [root = '', kind, hash = ''] = actionId.split('~');
  return { root, kind: ActionKind.parse(kind), hash };
}

export function fromKey({ pk, sk }: ActionKey): Identity {
  const [root = '', kind] = pk.split('#');
  return { root, kind: ActionKind.parse(kind), hash: sk };
}

/** Name of an item in event ids: it does not lead back to the key. */
export function keyHash({ pk, sk }: ActionKey): string {
  return createHash('sha256').update(`${pk}|${sk}`).digest('base64url').slice(0, 22);
}
