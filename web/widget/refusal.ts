import { ask, type FieldError } from './ask.ts';
import { askAddress, type Campaign, type Context } from './context.ts';
import type { Control, Wrong } from './errors.ts';

/** What the server found wrong, at the controls that it is about. */
export function fromServer(controls: Control[], errors: FieldError[]): Wrong[] {
  return errors.map(({ pointer, code, message }) => ({
    control: controls.find(({ name }) => isAt(pointer, name)),
    code,
    message,
  }));
}

/**
 * Loads the consents as they are now, if they were refused because their texts have changed, or who asks for them is no
 * partner any more: whether they were.
 */
export async function renewConsents(
  { api, campaign, host }: Context,
  errors: FieldError[],
): Promise<boolean> {
  if (!errors.some(({ code }) => code === 'consent-outdated' || code === 'not-in-list')) return false;
  const address = askAddress(api, campaign.language, host);
  const { body } = await ask<Campaign>(address, undefined, { cache: 'reload' });
  if (body) Object.assign(campaign, body);
  return true;
}

/** Whether a JSON pointer means the field (`pledger-name` is at `/pledger/name`), something in it, or what it is a part of. */
export function isAt(pointer: string, name: string): boolean {
  const field = `/${name.replace('-', '/')}/`;
  if (!pointer) return false;
  return `${pointer}/`.startsWith(field) || field.startsWith(`${pointer}/`);
}
