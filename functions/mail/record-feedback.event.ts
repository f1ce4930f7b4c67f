import { SesFeedback } from '../../shared/events/ses-feedback.ts';
import { suppress } from './mail-store.ts';

/** A complaint or a hard bounce, the only kind that the rule hands on, ends mail to an address. */
export const handler = async (event: unknown): Promise<void> => {
  const { kind, tag } = SesFeedback.parse(event);
  if (kind === 'Complaint') await suppress(tag, 'complaint', Date.now());
  if (kind === 'Bounce') await suppress(tag, 'bounce', Date.now());
};
