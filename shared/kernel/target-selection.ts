import * as z from 'zod';
import { Classification } from './classification.ts';
import { Jurisdiction, Region } from './jurisdiction.ts';
import { TargetId } from './target-id.ts';

/**
 * Offices of all that fits one of the rules, and those named by hand, but for the exceptions. A rule's parts must all fit;
 * one without parts fits every office.
 */
export const TargetSelection = /* @__PURE__ */ defineSelection();

function defineSelection() {
  const Rule = z.strictObject({
    classification: Classification.optional(),
    areas: z.array(Jurisdiction).optional(),
    regions: z.array(Region).optional().describe('Of UN M49: all countries that lie there'),
  });
  return z
    .strictObject({
      rules: z.array(Rule).default([]),
      ids: z.array(TargetId).default([]),
      except: z.array(TargetId).default([]),
    })
    .meta({ id: 'TargetSelection' });
}
