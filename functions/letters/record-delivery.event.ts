import { SesFeedback } from '../../shared/events/ses-feedback.ts';
import { fromLetterId, type Letter } from './letter.ts';
import { moveLetter } from './letter-store.ts';

/** What SES tells of a letter settles also one of which it was unknown whether it was sent. */
const before: Letter['state'][] = ['sending', 'sent', 'unknown'];

export const handler = async (event: unknown): Promise<void> => {
  const { kind, tag } = SesFeedback.parse(event);
  const letter = fromLetterId(tag);
  if (kind === 'Delivery') await moveLetter(letter, before, 'delivered', Date.now());
  if (kind === 'Reject') await moveLetter(letter, before, 'failed', Date.now(), { reason: 'rejected' });
  // An office that bounces after its system took the mail is not delivered to.
  if (kind === 'Bounce') await moveLetter(letter, [...before, 'delivered'], 'bounced', Date.now());
};
