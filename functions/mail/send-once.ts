import { loadKeys } from '../../shared/aws/keys.ts';
import { log } from '../../shared/aws/log.ts';
import { addressHash, decideMail, settleMail } from './mail-record.ts';
import { getRecord, putRecord } from './mail-store.ts';
import { sendMail } from './send-mail.ts';
import type { WrittenMail } from './write-mail.ts';

/** What an event asks to be mailed. */
interface AskedMail {
  /** Id of the event. */
  event: string;
  to: string;
  /** Slug of the campaign that it is about, if it is about one. */
  campaign?: string;
  write: () => Promise<WrittenMail>;
}

/**
 * Sends what an event asks for once, if the address may get it: claims it, sends it and records that.
 * @throws Error when it may be sent later, or was not taken; then the event is to come again.
 */
export async function sendOnce({ event, to, campaign, write }: AskedMail, now: number): Promise<void> {
  const address = addressHash(to, (await loadKeys()).dedupe);
  const decision = decideMail(await getRecord(address), event, now);
  if (!decision.send) {
    if ('later' in decision) throw new Error(`Not yet: ${decision.reason}`);
    log('info', 'a mail is not sent', { event, reason: decision.reason });
    return;
  }
  const mail = await write();
  await putRecord(decision.record, now);
  const state = await sendMail(mail, { mail: address, ...(campaign && { campaign }) });
  await putRecord(settleMail(decision.record, event, state), now);
}
