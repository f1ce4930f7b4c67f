import { createHash, createHmac, hkdfSync } from 'node:crypto';
import * as z from 'zod';
import type { Counted } from '../../shared/events/catalogue.ts';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { canonicalMailbox } from '../../shared/kernel/mailbox.ts';

/** A promise of money, as it is kept. Amounts in minor units. */
const Pledge = z.object({
  amount: z.int().positive(),
  currency: z.string(),
  interval: z.enum(['once', 'monthly']),
  pledger: z.object({ type: z.enum(['individual', 'organisation']), name: z.string().optional() }),
  note: z.string().optional(),
  /** A campaigner has to verify it before it counts. */
  toVerify: z.boolean(),
});

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
});
export type Details = z.output<typeof Details>;

/**
 * The stored item: what is confirmed (`current`) beside what was asked last (`asked`), each with the version of
 * the item at which it was asked. Times in milliseconds since the epoch.
 */
export const Action = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int(),
  state: z.enum(['pending', 'confirmed', 'withdrawn', 'erased']),
  askedAt: z.int(),
  askedVersion: z.int(),
  asked: Details.extend({ expiresAt: z.int() }).optional(),
  current: Details.optional(),
  currentVersion: z.int().optional(),
  confirmedAt: z.int().optional(),
  changedAt: z.int().optional(),
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

/**
 * The hash that one mailbox has in one root campaign: by a key that is derived from the campaign's salt, so that
 * it says nothing about other campaigns, and nothing at all once the salt is destroyed.
 */
export function mailboxHash(email: string, dedupeKey: Buffer, salt: string): string {
  const key = Buffer.from(
    hkdfSync('sha256', dedupeKey, Buffer.from(salt, 'base64url'), 'groundswell mailbox', 32),
  );
  return createHmac('sha256', key).update(canonicalMailbox(email)).digest('base64url');
}

/** `root~kind~hash`: fit for URLs and tokens; the key is made of the same parts. */
export function toActionId({ root, kind, hash }: Identity): string {
  return `${root}~${kind}~${hash}`;
}

/** The first byte of the hash spreads a campaign's actions over 256 partitions. */
export function toKey(actionId: string): ActionKey {
  const { root, kind, hash } = fromActionId(actionId);
  const byte = Buffer.from(hash, 'base64url').toString('hex', 0, 1);
  return { pk: `${root}#${kind}#${byte}`, sk: hash };
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

/**
 * What an action counts by; undefined while it does not count: before it is confirmed, after it is withdrawn,
 * and for a pledge that a campaigner has yet to verify.
 */
export function countedBy(action: Pick<Action, 'pk' | 'sk' | 'state' | 'current'>): Counted | undefined {
  const { state, current } = action;
  if (state !== 'confirmed' || !current || current.pledge?.toVerify) return undefined;
  const { root, kind } = fromKey(action);
  const { campaign, country, partner, pledge } = current;
  return {
    campaign,
    root,
    kind,
    country,
    ...(partner && { partner }),
    ...(pledge && { pledge: { currency: pledge.currency, amount: pledge.amount } }),
  };
}
