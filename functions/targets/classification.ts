import * as z from 'zod';

/** What kind of office of a government, or of a body of governments, something is addressed to. */
export const Classification = z.enum([
  'head-of-state',
  'head-of-government',
  'health-ministry',
  'finance-ministry',
  'education-ministry',
  'social-affairs-ministry',
  'parliament',
  'mission',
  'regional-body',
  'other',
]);
