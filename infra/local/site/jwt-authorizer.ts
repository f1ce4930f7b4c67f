/** The JWT authorizer of HTTP APIs: checks a bearer token against its issuer's keys. */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** What the function is told of the caller; claims are strings, as API Gateway hands them on. */
export interface JwtContext {
  claims: Record<string, string>;
  scopes: string[] | null;
}
export type Verdict = JwtContext | { status: 401 | 403; message: string; challenge: string };
export type JwtAuthorizer = (authorization: string | undefined, scopes: string[]) => Promise<Verdict>;

/**
 * Accepts RS256 tokens of `issuer` for one of `audience` (`aud`, else `client_id`) that are valid now and, if the
 * route asks for scopes, carry one of them. Rejects only when the issuer cannot be reached.
 */
export function createJwtAuthorizer(options: { issuer: string; audience: string[] }): JwtAuthorizer {
  const keys = keysOf(options.issuer);
  return async (authorization, scopes) => {
    const token = authorization?.replace(/^Bearer /i, '').trim();
    if (!token) return unauthorized();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: options.issuer,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
      });
      const fault = faultOf(payload, options.audience);
      return fault ? unauthorized(fault) : withScopes(payload, scopes);
    } catch (error) {
      if (error instanceof errors.JOSEError) return unauthorized(wordsFor(error));
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
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(5000),
  });
  const document = (await answer.json()) as { issuer?: string; jwks_uri?: string };
  if (document.issuer !== issuer || !document.jwks_uri) throw new Error(`${issuer} is not an OpenID issuer`);
  return createRemoteJWKSet(new URL(document.jwks_uri));
}

function faultOf(payload: JWTPayload, audience: string[]): string | undefined {
  const meant = [payload.aud ?? (payload['client_id'] as string | undefined) ?? []].flat();
  if (!meant.some((each) => audience.includes(each))) return 'the token does not have a valid audience';
  if (payload.iat !== undefined && payload.iat > Date.now() / 1000) return 'the token is used before issued';
  return undefined;
}

function withScopes(payload: JWTPayload, wanted: string[]): Verdict {
  const held = String(payload['scope'] ?? payload['scp'] ?? '').split(/[ ,]/);
  if (wanted.length > 0 && !wanted.some((scope) => held.includes(scope))) {
    const challenge = `Bearer scope="${wanted.join(' ')}" error="insufficient_scope" error_description="the token does not have a valid scope"`;
    return { status: 403, message: 'Forbidden', challenge };
  }
  const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, toText(value)]));
  return { claims, scopes: wanted.length > 0 ? held : null };
}

/** Lists become `[a b]` and objects `map[a:b]`. */
function toText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, each]) => `${name}:${toText(each)}`);
  return `map[${entries.join(' ')}]`;
}

function unauthorized(description?: string): Verdict {
  const detail = description ? ` scope="" error="invalid_token" error_description="${description}"` : '';
  return { status: 401, message: 'Unauthorized', challenge: `Bearer${detail}` };
}

function wordsFor(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the token has an invalid ${error.claim} claim`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'signing method is invalid';
  if (error instanceof errors.JWSInvalid) return 'token contains an invalid number of segments';
  return 'the token signature is invalid';
}
