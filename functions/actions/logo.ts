import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Action, type ActionKey, fromKey, keyHash, type Logo, toActionId } from './action.ts';
import { ActionId } from './bulk.ts';

/**
 * A logo as it is kept: `logo#<id>` / `logo`. The id is a hash of the image and of the action that it was uploaded for, so
 * that no two share one. What no action has any more is served to nobody; what a campaigner took out expires (seconds since the epoch).
 */
export const LogoItem = z.object({
  pk: z.string(),
  sk: z.string(),
  action: z.string(),
  type: z.enum(['image/png', 'image/webp']),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array),
  expires: z.int().optional(),
});
export type LogoItem = z.output<typeof LogoItem>;

/** An image that can be a logo. */
export type LogoImage = Pick<LogoItem, 'type' | 'width' | 'height' | 'bytes'>;

/** Where pages and people find it. */
export const ShownLogo = z
  .strictObject({
    url: z.string().describe('Its address, at which it stays the same'),
    width: z.int().positive().describe('Pixels'),
    height: z.int().positive().describe('Pixels'),
  })
  .meta({ id: 'Logo' });
export type ShownLogo = z.output<typeof ShownLogo>;

export const LogoAnswer = z.strictObject({ action: ActionId, logo: ShownLogo }).meta({ id: 'LogoAnswer' });
export type LogoAnswer = z.output<typeof LogoAnswer>;

const id = /^[0-9a-f]{64}$/;

export function isLogoId(text: string): boolean {
  return id.test(text);
}

/** The image as the logo of an action, and the item in which it is kept. */
export function toLogo(action: Action, image: LogoImage): { logo: Logo; item: LogoItem } {
  const { type, width, height, bytes } = image;
  const hash = createHash('sha256').update(keyHash(action)).update(bytes).digest('hex');
  const item = { ...logoKey(hash), action: toActionId(fromKey(action)), type, width, height, bytes };
  return { logo: { id: hash, width, height }, item };
}

export function logoKey(logo: string): ActionKey {
  return { pk: `logo#${logo}`, sk: 'logo' };
}

/** Whether an item of the table is no action but a logo. */
export function isLogo(item: unknown): boolean {
  const { pk } = item as ActionKey;
  return pk.startsWith('logo#') && isLogoId(pk.slice('logo#'.length));
}

export function logoPath(logo: string): string {
  return `/logos/${logo}`;
}

/** By a path of this site, unless its address is given. */
export function toShownLogo({ id: logo, width, height }: Logo, site = ''): ShownLogo {
  return { url: site + logoPath(logo), width, height };
}
