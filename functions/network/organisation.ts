import * as z from 'zod';
import { Country } from '../../shared/kernel/iso.ts';
import { Slug } from '../../shared/kernel/slug.ts';

/** A member of the network. */
export const Organisation = z.strictObject({
  slug: Slug,
  name: z.string().min(1).max(120),
  country: Country.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** Counts the changes by campaigners; there is none before the first. */
  version: z.int().nonnegative().optional(),
});
export type Organisation = z.output<typeof Organisation>;
