import { contactOf } from './contact-of.ts';
import type { Office, Target } from './target.ts';

/** What campaigners may know of an office that they select: whether letters can reach it, and not by which address. */
export type SelectedOffice = Office & Pick<Target, 'languages' | 'channel'> & { reachable: boolean };

export function toSelectedOffice(target: Target): SelectedOffice {
  const { id, classification, area_id, label, languages, channel } = target;
  return { id, classification, area_id, label, languages, channel, reachable: isReachable(target) };
}

/** There is an address for its channel, at which nothing has bounced and which is in use. */
function isReachable({ channel, contact_details }: Target): boolean {
  return contact_details.some(
    ({ type, status }) => type === contactOf[channel] && status !== 'bounced' && status !== 'retired',
  );
}
