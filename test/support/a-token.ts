import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, exportSPKI, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';

/** Makes tokens by the key of a stack's local issuer: true ones with other claims, and those that somebody would forge of one. */
export function tokensOf(dataDir: string) {
  const key: JWK = JSON.parse(readFileSync(join(dataDir, 'issuer', 'keys.json'), 'utf8')).signing[0];
  return {
    /** The token with other claims, truly signed. */
    signed: async (token: string, claims: Record<string, unknown>) =>
      new SignJWT({ ...decodeJwt(token), ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: String(key.kid) })
        .sign(await importJWK(key)),
    /** The same claims without a signature (`alg: none`). */
    unsigned: (token: string) => new UnsecuredJWT(decodeJwt(token)).encode(),
    /** HS256 with the public key as its secret: what a verifier that trusts the header would take. */
    confused: async (token: string) => {
      const { kty = '', n = '', e = '', kid = '' } = key;
      const publicKey = await importJWK({ kty, n, e }, 'RS256', { extractable: true });
      const secret = Buffer.from(await exportSPKI(publicKey as CryptoKey));
      return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'HS256', kid }).sign(secret);
    },
  };
}
