import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { Country } from '../../shared/kernel/iso.ts';
import { ActionView } from './action-view.ts';
import { type ListPosition, readCursor } from './list-cursor.ts';

export const listId = z.string().min(1).max(60);
export const Cursor = z
  .string()
  .max(300)
  .transform((text, { issues }): ListPosition => {
    const position = readCursor(text);
    if (position) return position;
    const message = 'Give the cursor of the answer before, as it is.';
    issues.push({ code: 'custom', input: text, message, params: { code: 'invalid-cursor' } });
    return z.NEVER;
  });

/** What campaigners look for. All that is given has to hold. */
export const ListQuery = z
  .strictObject({
    kind: ActionKind.optional(),
    state: ActionView.shape.state.optional(),
    country: Country.optional(),
    partner: listId.optional(),
    source: listId.optional(),
    toVerify: z.enum(['true', 'false']).optional().meta({
      description: '`true`: pledges and endorsements that wait to be verified; `false`: what does not',
      example: 'true',
    }),
    confirmedFrom: z.iso.datetime().optional().describe('Confirmed at this time or later; UTC'),
    confirmedTo: z.iso.datetime().optional().describe('Confirmed before this time; UTC'),
    cursor: Cursor.optional().meta({ description: 'That of the answer before, to go on from there' }),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  })
  .refine(({ kind, cursor }) => !kind || !cursor || cursor.kind === kind, {
    path: ['cursor'],
    error: 'This cursor is of a list of another kind; begin again without it.',
    params: { code: 'invalid-cursor' },
  });
export type ListQuery = z.output<typeof ListQuery>;

export const ActionList = z
  .strictObject({
    actions: z.array(ActionView),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'ActionList' });
export type ActionList = z.output<typeof ActionList>;

/** Is the action one of those that are looked for? Its kind is by where it lies. */
export function isWanted(query: ListQuery, action: ActionView): boolean {
  const { confirmedFrom, confirmedTo, toVerify } = query;
  const confirmedAt = Date.parse(action.confirmedAt);
  return (
    (['state', 'country', 'partner', 'source'] as const).every(
      (name) => query[name] === undefined || query[name] === action[name],
    ) &&
    (toVerify === undefined || toVerify === String(waits(action))) &&
    (confirmedFrom === undefined || confirmedAt >= Date.parse(confirmedFrom)) &&
    (confirmedTo === undefined || confirmedAt < Date.parse(confirmedTo))
  );
}

/** What was withdrawn before it was verified waits no longer. */
function waits({ state, pledge, endorser }: ActionView): boolean {
  return state === 'confirmed' && (pledge ?? endorser)?.toVerify === true;
}
