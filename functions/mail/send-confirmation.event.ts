import { loadKeys } from '../../shared/aws/keys.ts';
import { log } from '../../shared/aws/log.ts';
import { queueReactor } from '../../shared/events/reactor.ts';
import { readAction } from '../actions/read.ts';
import { readCampaign } from '../campaigns/read.ts';
import { addressHash, decideMail, settleMail } from './mail-record.ts';
import { getRecord, putRecord } from './mail-store.ts';
import { sendMail } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

export const handler = queueReactor(['ActionTaken'], async ({ detail }, now) => {
  const action = await readAction(detail.action);
  // A newer request has its own mail; a link that is over, or confirmed already, needs none.
  if (!action?.asked || action.askedVersion !== detail.version || action.asked.expiresAt <= now) return;
  const campaign = await readCampaign(action.asked.campaign, now);
  if (!campaign) throw new Error('The campaign of an action is not there');
  const address = addressHash(action.asked.email, (await loadKeys()).dedupe);
  const decision = decideMail(await getRecord(address), detail.id, now);
  if (!decision.send) {
    if ('later' in decision) throw new Error(`Not yet: ${decision.reason}`);
    log('info', 'no confirmation mail', { event: detail.id, reason: decision.reason });
    return;
  }
  const mail = await writeMail(detail.action, action, action.asked, campaign);
  await putRecord(decision.record, now);
  const state = await sendMail(mail, { mail: address, campaign: campaign.slug });
  await putRecord(settleMail(decision.record, detail.id, state), now);
});
