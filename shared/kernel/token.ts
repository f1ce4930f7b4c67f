import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link is good for. The token proves who mailed it; the write's own condition is the guard. */
export interface TokenClaims {
  purpose: 'confirm' | 'manage' | 'invite';
  /** Id of what the link is about: an action, or an invitation. Any character but a dot that fits in a URL. */
  subject: string;
  /** Version of it that the link was mailed for. */
  version: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}
/** Signing keys by `kid`. `current` signs; the others still verify until their links have expired. */
export interface TokenKeys {
  current: string;
  keys: Record<string, Buffer>;
}
export type TokenReading = { ok: true; claims: TokenClaims } | { ok: false; reason: 'forged' | 'expired' };

/** `kid.purpose.expiry.version.subject.signature`: no personal data, fit for a URL as it is. */
export function signToken(claims: TokenClaims, { current, keys }: TokenKeys): string {
  const key = keys[current];
  if (!key) throw new Error(`There is no token key ${current}`);
  const { purpose, expiresAt, version, subject } = claims;
  const text = [current, purpose, expiresAt.toString(36), version.toString(36), subject].join('.');
  return `${text}.${signatureOf(text, key)}`;
}

/** Reads a token for one purpose; of another purpose, altered in any character or of an unknown key it is forged. */
export function readToken(
  token: string,
  purpose: TokenClaims['purpose'],
  { keys }: TokenKeys,
  now: number,
): TokenReading {
  const cut = token.lastIndexOf('.');
  const text = token.slice(0, cut);
  const [kid = '', purposeText, expiry = '', version = '', subject = ''] = text.split('.');
  const key = Object.hasOwn(keys, kid) ? keys[kid] : undefined;
  // Compared as text: decoding base64url would accept several last characters for the same bytes.
  if (!key || !sameText(token.slice(cut + 1), signatureOf(text, key)) || purposeText !== purpose) {
    return { ok: false, reason: 'forged' };
  }
  const expiresAt = Number.parseInt(expiry, 36);
  if (expiresAt <= now) return { ok: false, reason: 'expired' };
  return { ok: true, claims: { purpose, subject, version: Number.parseInt(version, 36), expiresAt } };
}

function signatureOf(text: string, key: Buffer): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
