import { SesFeedback } from '../../shared/events/ses-feedback.ts';
import { suppress } from './mail-store.ts';

/** A hard bounce or a complaint ends mail to an address; what passes by itself (a full mailbox) does not. */
export const handler = async (event: unknown): Promise<void> => {
  const { kind, bounceType, tag } = SesFeedback.parse(event);
  if (kind === 'Complaint') await suppress(tag, 'complaint', Date.now());
  if (kind === 'Bounce' && bounceType === 'Permanent') await suppress(tag, 'bounce', Date.now());
};
