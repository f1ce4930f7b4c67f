import * as z from 'zod';

/** What a supporter can do. On its own, so that taking an action does not load the event catalogue. */
export const ActionKind = z.enum(['signature', 'pledge', 'endorsement']);
export type ActionKind = z.output<typeof ActionKind>;

/** What the widget takes, wherever it stands; organisations sign on the campaign's own page. */
export type WidgetKind = Exclude<ActionKind, 'endorsement'>;

export function isWidgetKind(kind: ActionKind): kind is WidgetKind {
  return kind !== 'endorsement';
}

/** The kind whose actions a path ends in, such as `/c/{slug}/pledges`. */
export function kindOfPath(path: string): ActionKind | undefined {
  return ActionKind.options.find((kind) => path.endsWith(`/${kind}s`));
}
