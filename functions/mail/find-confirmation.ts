import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { readAction } from '../actions/read.ts';
import { readCampaign } from '../campaigns/read.ts';
import type { AskedMail } from './send-once.ts';
import { writeMail } from './write-mail.ts';

/** The mail that a supporter's request asks for; undefined when it needs none any more. */
export async function findConfirmation(
  { id, action: of, version }: CatalogueEvent<'ActionTaken'>['detail'],
  now: number,
): Promise<AskedMail | undefined> {
  const action = await readAction(of);
  const asked = action?.asked;
  // A newer request has its own mail; a link that is over, or confirmed already, needs none.
  if (!asked || action.askedVersion !== version || asked.expiresAt <= now) return undefined;
  const campaign = await readCampaign(asked.campaign, now);
  if (!campaign) throw new Error('The campaign of an action is not there');
  const write = () => writeMail(of, action, asked, campaign);
  return { event: id, to: asked.email, campaign: campaign.slug, write };
}
