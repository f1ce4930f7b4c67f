import { randomBytes } from 'node:crypto';

/** Of a member or an invitation: 96 random bits, fit for an address. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}
