import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { TargetSelection } from '../../shared/kernel/target-selection.ts';
import type { Selection } from '../targets/read.ts';

const SelectedOffice = z
  .strictObject({
    id: z.string().meta({ example: 'ke-health' }),
    classification: z.string().meta({ example: 'health-ministry' }),
    area_id: z.string().meta({
      description: 'ISO 3166-1 alpha-2, EU, UN, or a region of UN M49',
      example: 'KE',
    }),
    label: z.record(z.string(), z.string()).describe('Its name, by language (BCP 47)'),
    languages: z.array(z.string()).describe('BCP 47, in order of preference'),
    channel: z.string().describe('How letters get there: email, post, web-form or by-hand'),
    reachable: z.boolean().describe('Whether the registry has an address for this channel that is of use'),
  })
  .meta({ id: 'SelectedOffice' });

/** `PUT`: a selection, in the place of the one that is there. */
export const SelectionRequest = TargetSelection.extend({ reason: Reason.optional() }).meta({
  id: 'SelectionRequest',
});

/** What has been selected, after it was saved. */
export const SavedSelection = z
  .strictObject({
    campaign: z.string(),
    selection: TargetSelection,
    count: z.int().nonnegative().describe('Offices that it selects now'),
  })
  .meta({ id: 'SavedSelection' });

/** The same with the offices. */
export const CampaignTargets = SavedSelection.extend({
  offices: z.array(SelectedOffice).describe('By id'),
}).meta({ id: 'CampaignTargets' });

/** RFC 9110, 8.8.3: names a selection for If-Match, by what it says. */
export function etagOf({ rules, ids, except }: Selection): string {
  const parts = rules.map(({ classification, areas, regions }) => [classification, areas, regions]);
  const text = JSON.stringify([parts, ids, except]);
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
