import * as z from 'zod';

/** What a supporter can do. On its own, so that taking an action does not load the event catalogue. */
export const ActionKind = z.enum(['signature', 'pledge']);
export type ActionKind = z.output<typeof ActionKind>;
