import { directReactor } from '../../shared/events/reactor.ts';
import { readInvitation } from '../members/read.ts';
import { sendOnce } from './send-once.ts';
import { writeInvitation } from './write-invitation.ts';

export const handler = directReactor(['MemberInvited'], async ({ detail }, now) => {
  const invitation = await readInvitation(detail, now);
  // A newer one has its own mail; what was accepted, withdrawn or is over needs none.
  if (!invitation) return;
  const write = () => writeInvitation(invitation);
  await sendOnce({ event: detail.id, to: invitation.invitedEmail, write }, now);
});
