import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { queueReactor } from '../../shared/events/reactor.ts';
import { findConfirmation } from './find-confirmation.ts';
import { findInvitation } from './find-invitation.ts';
import { type AskedMail, sendOnce } from './send-once.ts';

export const handler = queueReactor(['ActionTaken', 'MemberInvited'], async (event, now) => {
  const mail = await findMail(event, now);
  if (mail) await sendOnce(mail, now);
});

function findMail(
  event: CatalogueEvent<'ActionTaken' | 'MemberInvited'>,
  now: number,
): Promise<AskedMail | undefined> {
  return event.name === 'ActionTaken'
    ? findConfirmation(event.detail, now)
    : findInvitation(event.detail, now);
}
