import * as z from 'zod';
import { Classification } from './classification.ts';
import { Jurisdiction, Region } from '../../shared/kernel/jurisdiction.ts';
import { TargetId } from './target.ts';

const Rule = z.strictObject({
  classification: Classification.optional(),
  areas: z.array(Jurisdiction).optional(),
  /** Of UN M49: all countries that lie there. */
  regions: z.array(Region).optional(),
});

/**
 * Offices of all that fits one of the rules, and those named by hand, but for the exceptions. A rule's parts must all fit;
 * one without parts fits every office.
 */
export const TargetSelection = z.strictObject({
  rules: z.array(Rule).default([]),
  ids: z.array(TargetId).default([]),
  except: z.array(TargetId).default([]),
});
