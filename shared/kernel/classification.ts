import * as z from 'zod';

/** What kind of office of a government, or of a body of governments, something is addressed to. */
export const Classification = /* @__PURE__ */ defineClassification();

function defineClassification() {
  const kinds = [
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
  ] as const;
  return z.enum(kinds, `Give one of ${kinds.join(', ')}.`);
}
