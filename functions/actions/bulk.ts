import * as z from 'zod';

/** Actions of one request: with ids of any length, they fit in a body of 16 kB. */
const most = 100;

export const ActionId = z.string().min(1).max(150).meta({
  description: 'Id of the action, as it is listed',
  example: 'mental-health-for-all~signature~0aXk',
});

/** A list in which no action comes twice: which of the two holds would be left to chance. */
export function eachOnce<T extends z.ZodType>(item: T, idOf: (item: z.output<T>) => string): z.ZodArray<T> {
  return z
    .array(item)
    .min(1, 'Give at least one.')
    .max(most, `Give at most ${most} at once.`)
    .check(({ value, issues }) => {
      const ids = value.map(idOf);
      const repeated = [...ids.keys()].filter((at) => ids.indexOf(ids[at] ?? '') < at);
      for (const at of repeated) issues.push(isRepeated(at, ids[at]));
    });
}

function isRepeated(at: number, input: unknown) {
  const message = 'Give each action once.';
  return { code: 'custom' as const, input, path: [at], message, params: { code: 'repeated' } };
}

/** What became of each, in the order in which they were given; any of them can have failed by itself. */
export function toBulkAnswer<S extends readonly string[]>(statuses: S, description: string) {
  const status = z.enum([...statuses, 'failed'] as [...S, 'failed']).describe(description);
  return z.strictObject({ results: z.array(z.strictObject({ action: ActionId, status })) });
}
