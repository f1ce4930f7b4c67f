import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readToken, signToken, type TokenClaims, type TokenKeys } from '../../shared/kernel/token.ts';
import { noon } from '../support/a-campaign.ts';

const keys: TokenKeys = { current: 'k1', keys: { k1: Buffer.alloc(32, 1) } };
const claims: TokenClaims = {
  purpose: 'confirm',
  subject: 'mental-health-for-all~signature~0aXk_-Z',
  version: 1_767_225_600_001,
  expiresAt: noon + 1,
};
const forged = { ok: false, reason: 'forged' };

describe('a token', () => {
  test('read for its purpose before it expires says what was signed', () => {
    expect(readToken(signToken(claims, keys), 'confirm', keys, noon)).toEqual({ ok: true, claims });
  });

  test('needs no escaping in a link', () => {
    const token = signToken(claims, keys);
    expect(encodeURIComponent(token)).toBe(token);
  });

  test('is good until the millisecond at which it expires', () => {
    const token = signToken(claims, keys);
    expect(readToken(token, 'confirm', keys, claims.expiresAt - 1)).toMatchObject({ ok: true });
    expect(readToken(token, 'confirm', keys, claims.expiresAt)).toEqual({ ok: false, reason: 'expired' });
  });

  test('of another purpose is forged', () => {
    expect(readToken(signToken(claims, keys), 'manage', keys, noon)).toEqual(forged);
    const manage = signToken({ ...claims, purpose: 'manage' }, keys);
    expect(readToken(manage, 'confirm', keys, noon)).toEqual(forged);
  });

  test('altered in any one character is forged', () => {
    const token = signToken(claims, keys);
    const aPlace = fc.nat(token.length - 1);
    const aCharacter = fc.oneof(fc.constantFrom(...token, ...'.~-_=+/ Aa0'), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(aPlace, aCharacter, (at, character) => {
        fc.pre(character !== token[at]);
        const altered = token.slice(0, at) + character + token.slice(at + 1);
        expect(readToken(altered, 'confirm', keys, noon)).toEqual(forged);
      }),
      { numRuns: 1_000 },
    );
  });

  test('with its last character changed is forged, though base64 would decode it to the same bytes', () => {
    const token = signToken(claims, keys);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const last of [...alphabet].filter((character) => character !== token.at(-1))) {
      expect(readToken(token.slice(0, -1) + last, 'confirm', keys, noon)).toEqual(forged);
    }
  });

  test('with parts of two others is forged', () => {
    const [one, other] = [signToken(claims, keys), signToken({ ...claims, version: 2 }, keys)];
    const text = one.slice(0, one.lastIndexOf('.'));
    expect(readToken(text + other.slice(other.lastIndexOf('.')), 'confirm', keys, noon)).toEqual(forged);
  });

  test('of an older key is good for as long as that key is kept, whichever signs', () => {
    const rotated: TokenKeys = { current: 'k2', keys: { ...keys.keys, k2: Buffer.alloc(32, 2) } };
    const old = signToken(claims, keys);
    expect(readToken(old, 'confirm', rotated, noon)).toEqual({ ok: true, claims });
    expect(signToken(claims, rotated)).toMatch(/^k2\./);
    expect(readToken(signToken(claims, rotated), 'confirm', keys, noon)).toEqual(forged);
  });

  test('that names a key of its own choice is forged', () => {
    const token = signToken(claims, keys);
    for (const kid of ['k9', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(readToken(token.replace(/^k1/, kid), 'confirm', keys, noon)).toEqual(forged);
    }
  });

  test('signed by the same key id in another network is forged', () => {
    const others: TokenKeys = { current: 'k1', keys: { k1: Buffer.alloc(32, 9) } };
    expect(readToken(signToken(claims, others), 'confirm', keys, noon)).toEqual(forged);
  });

  test('that is none is forged, and never an error of ours', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^k1\.[\w.~-]*$/));
    fc.assert(
      fc.property(anything, (text) => {
        expect(readToken(text, 'confirm', keys, noon)).toEqual(forged);
      }),
    );
    for (const text of ['', '.', '.....', 'k1', 'k1.', '\u0000', '💥.💥'])
      expect(readToken(text, 'confirm', keys, noon)).toEqual(forged);
  });

  test('cannot be signed without a key', () => {
    expect(() => signToken(claims, { ...keys, current: 'k9' })).toThrow('There is no token key k9');
  });
});
