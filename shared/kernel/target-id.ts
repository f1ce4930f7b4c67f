import * as z from 'zod';

/** By which other rooms know an office, too. */
export const TargetId = /* @__PURE__ */ defineTargetId();

function defineTargetId() {
  return z
    .string('Give the id of an office.')
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens.')
    .max(60, 'Give at most 60 characters.')
    .meta({ example: 'ke-health' });
}
