import { usefulContact } from '../../shared/kernel/useful-contact.ts';
import type { Office, Target } from './target.ts';

/** What campaigners may know of an office that they select: whether letters can reach it, and not by which address. */
export type SelectedOffice = Office & Pick<Target, 'languages' | 'channel'> & { reachable: boolean };

export function toSelectedOffice(target: Target): SelectedOffice {
  const { id, classification, area_id, label, languages, channel } = target;
  const reachable = usefulContact(target) !== undefined;
  return { id, classification, area_id, label, languages, channel, reachable };
}
