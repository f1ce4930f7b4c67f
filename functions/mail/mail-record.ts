import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { canonicalMailbox } from '../../shared/kernel/mailbox.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';

/** One mail to an address: claimed until a time, then sent. Its id is that of the event that asked for it. */
const Entry = z.object({
  id: z.string(),
  at: z.int(),
  state: z.enum(['claimed', 'sent', 'refused']),
  /** A claim that is not settled by then may be taken over (milliseconds). */
  until: z.int(),
});

/** All that is known of an address, or of one organisation's invitations to it. */
export const MailRecord = z.object({
  /** A keyed hash, never the address itself. */
  address: z.string(),
  version: z.int(),
  mails: z.array(Entry),
  /** Set after a hard bounce or a complaint: nothing is sent any more. */
  suppressed: z.enum(['bounce', 'complaint']).optional(),
});
export type MailRecord = z.output<typeof MailRecord>;

export const rules = {
  /** Shortest time between two mails of a record, and the most in one UTC day. */
  interval: 60_000,
  perDay: 5,
  /** Of an organisation to one address: as many as it may invite people within a day. */
  invitationsPerDay: 20,
  /** A crash between sending and recording is healed by sending again after this. */
  lease: 30_000,
  /** Mails are remembered for as long as a confirmation may be asked again by a redelivery. */
  remembered: 8 * 24 * 60 * 60 * 1_000,
};

export type MailDecision =
  | { send: true; record: MailRecord }
  | { send: false; reason: 'sent already' | 'suppressed' | 'daily cap' }
  /** Not now: another try, later, will be told. */
  | { send: false; reason: 'in progress' | 'a minute apart'; later: true };

/** Whether the mail that an event asks for may go to the address now, and the record that claims it. */
export function decideMail(record: MailRecord, id: string, now: number, perDay = rules.perDay): MailDecision {
  const mails = record.mails.filter(({ at }) => at > now - rules.remembered);
  const own = mails.find((mail) => mail.id === id);
  if (own && own.state !== 'claimed') return { send: false, reason: 'sent already' };
  if (own && own.until > now) return { send: false, reason: 'in progress', later: true };
  if (record.suppressed) return { send: false, reason: 'suppressed' };
  const others = mails.filter((mail) => mail.id !== id);
  if (others.filter(({ at }) => utcDay(at) === utcDay(now)).length >= perDay)
    return { send: false, reason: 'daily cap' };
  if (others.some(({ at }) => at > now - rules.interval))
    return { send: false, reason: 'a minute apart', later: true };
  const claim = { id, at: now, state: 'claimed' as const, until: now + rules.lease };
  return { send: true, record: { ...record, version: record.version + 1, mails: [...others, claim] } };
}

/** The record after the mail went out, or was refused for good. */
export function settleMail(record: MailRecord, id: string, state: 'sent' | 'refused'): MailRecord {
  return {
    ...record,
    version: record.version + 1,
    mails: record.mails.map((mail) => (mail.id === id ? { ...mail, state } : mail)),
  };
}

export function newRecord(address: string): MailRecord {
  return { address, version: 0, mails: [] };
}

/** One hash per mailbox over all campaigns, so that the caps hold over all of them. */
export function addressHash(email: string, dedupeKey: Buffer): string {
  return hashOf(`mail ${canonicalMailbox(email)}`, dedupeKey);
}

/** Names what one organisation invites a mailbox by: it holds back nobody else's mail, nor is held back by it. */
export function invitationsHash(email: string, organisation: string, dedupeKey: Buffer): string {
  return hashOf(`invitations ${organisation} ${canonicalMailbox(email)}`, dedupeKey);
}

function hashOf(text: string, key: Buffer): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
