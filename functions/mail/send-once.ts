import { loadKeys } from '../../shared/aws/keys.ts';
import { log } from '../../shared/aws/log.ts';
import {
  addressHash,
  decideMail,
  invitationsHash,
  type MailDecision,
  rules,
  settleMail,
} from './mail-record.ts';
import { getRecord, putRecord } from './mail-store.ts';
import { sendMail } from './send-mail.ts';
import type { WrittenMail } from './write-mail.ts';

/** What an event asks to be mailed. */
export interface AskedMail {
  /** Id of the event. */
  event: string;
  to: string;
  /** Slug of the campaign that it is about, if it is about one. */
  campaign?: string;
  /** Slug of the organisation that invites by it, if it is an invitation. */
  invitedBy?: string;
  write: () => Promise<WrittenMail>;
}

/**
 * Sends what an event asks for once, if the address may get it: claims it, sends it and records that.
 * @throws Error when it may be sent later, or was not taken; then the event is to come again.
 */
export async function sendOnce(asked: AskedMail, now: number): Promise<void> {
  const { event, campaign } = asked;
  const { dedupe } = await loadKeys();
  const decision = await decide(asked, dedupe, now);
  if (!decision.send) {
    if ('later' in decision) throw new Error(`Not yet: ${decision.reason}`);
    log('info', 'a mail is not sent', { event, reason: decision.reason });
    return;
  }
  const mail = await asked.write();
  await putRecord(decision.record, now);
  const tags = { mail: addressHash(asked.to, dedupe), ...(campaign && { campaign }) };
  const state = await sendMail(mail, tags);
  await putRecord(settleMail(decision.record, event, state), now);
}

/** Anyone can have mail sent to an address by signing with it: that uses up nothing of what organisations may send to it. */
async function decide({ event, to, invitedBy }: AskedMail, key: Buffer, now: number): Promise<MailDecision> {
  const record = await getRecord(addressHash(to, key));
  if (!invitedBy) return decideMail(record, event, now);
  const invitations = await getRecord(invitationsHash(to, invitedBy, key));
  const { suppressed } = record;
  return decideMail(
    { ...invitations, ...(suppressed && { suppressed }) },
    event,
    now,
    rules.invitationsPerDay,
  );
}
