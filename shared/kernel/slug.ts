import * as z from 'zod';

/** By which campaigns, organisations, moments and parts of them are known, in addresses, too. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens.')
  .max(60);
