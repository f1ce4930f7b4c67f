import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import type { Language } from '../../shared/kernel/language.ts';
import {
  type ListedMoment,
  MomentNames,
  momentFields,
  type PublicMoment,
} from '../../shared/kernel/public-moment.ts';
import { type Moment, momentName, nextDays, refuseReversed } from './moment.ts';

/** What the secretariat sends: the whole of it but what is counted here. */
export const MomentRequest = z
  .strictObject({ ...momentFields, names: MomentNames, reason: Reason.optional() })
  .superRefine(refuseReversed)
  .meta({ id: 'MomentRequest' });

export function toPublicMoment({ version: _, ...moment }: Moment): PublicMoment {
  return moment;
}

export function toListedMoment(moment: Moment, language: Language, now: number): ListedMoment {
  const { slug, on, until, country, url } = moment;
  const [name, next] = [momentName(moment, language), nextDays(moment, now)];
  return {
    ...{ slug, name, on, ...(until && { until }), next },
    ...{ ...(country && { country }), ...(url && { url }) },
  };
}
