/** The JWT authorizer of HTTP APIs: checks a bearer token against its issuer's keys. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** What the function is told of the caller; claims are strings, as API Gateway hands them on. */
export interface JwtContext {
  claims: Record<string, string>;
  scopes: null;
}
/** Resolves undefined for a token that does not hold. */
export type JwtAuthorizer = (authorization: string | undefined) => Promise<JwtContext | undefined>;

/** Accepts RS256 tokens of `issuer` for one of `audience` that are valid now. Rejects only when the issuer cannot be reached. */
export function createJwtAuthorizer(issuer: string, audience: string[]): JwtAuthorizer {
  const keys = keysOf(issuer);
  const rules = { issuer, audience, algorithms: ['RS256'], requiredClaims: ['exp'] };
  return async (authorization = '') => {
    const token = authorization.replace(/^Bearer /i, '').trim();
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      if (payload.iat !== undefined && payload.iat > Date.now() / 1000) return undefined;
      const claims = Object.entries(payload).map(([name, value]) => [name, toText(value)]);
      return { claims: Object.fromEntries(claims), scopes: null };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}

/** The issuer's keys by its discovery document, which is read at the first token and again after a failure. */
function keysOf(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  const document = (await answer.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(document.jwks_uri));
}

/** Lists become `[a b]`. */
function toText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(toText).join(' ')}]` : String(value);
}
