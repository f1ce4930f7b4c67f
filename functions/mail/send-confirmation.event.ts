import { queueReactor } from '../../shared/events/reactor.ts';
import { readAction } from '../actions/read.ts';
import { readCampaign } from '../campaigns/read.ts';
import { sendOnce } from './send-once.ts';
import { writeMail } from './write-mail.ts';

export const handler = queueReactor(['ActionTaken'], async ({ detail }, now) => {
  const action = await readAction(detail.action);
  const asked = action?.asked;
  // A newer request has its own mail; a link that is over, or confirmed already, needs none.
  if (!asked || action.askedVersion !== detail.version || asked.expiresAt <= now) return;
  const campaign = await readCampaign(asked.campaign, now);
  if (!campaign) throw new Error('The campaign of an action is not there');
  const write = () => writeMail(detail.action, action, asked, campaign);
  await sendOnce({ event: detail.id, to: asked.email, campaign: campaign.slug, write }, now);
});
