import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt, exportSPKI, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpApi } from '../../infra/local/site/http-api.ts';
import type { HttpApiEvent } from '../../infra/local/site/http-event.ts';
import { createIssuer } from '../../infra/local/site/issuer.ts';
import { toListener } from '../../infra/local/site/site-request.ts';
import { fetchToken } from '../../infra/local/token.ts';
import { signInPaths } from '../../shared/http/sign-in-paths.ts';
import { anHttpApi, serve, withJwt } from './serve.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'issuer-'));
const users = [{ email: 'organiser@example.org' }, { email: 'viewer@example.org' }];
const events: HttpApiEvent[] = [];
let stack: Awaited<ReturnType<typeof serve>>;
let token: string;

beforeAll(async () => {
  stack = await serve(async (origin) => {
    const issuer = await createIssuer({
      issuerUrl: `${origin}/oidc`,
      audience: 'groundswell',
      dataDir,
      users,
    });
    const routes = { 'GET /letters': withJwt };
    const invoke = async (_: string, event: unknown) => events.push(event as HttpApiEvent);
    return [issuer, toListener(createHttpApi(anHttpApi(routes, { issuer: `${origin}/oidc` }), invoke))];
  });
  token = await fetchToken(stack.origin, 'organiser@example.org');
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true });
});

const call = (authorization: string) =>
  fetch(`${stack.origin}/letters`, { headers: authorization ? { authorization } : {} });

/** A token by the issuer's own key, its claims changed. */
async function sign(claims: Record<string, unknown>): Promise<string> {
  const key = signingKey();
  const header = { alg: 'RS256', kid: String(key.kid) };
  return new SignJWT({ ...decodeJwt(token), ...claims })
    .setProtectedHeader(header)
    .sign(await importJWK(key));
}

function signingKey(): JWK {
  return JSON.parse(readFileSync(join(dataDir, 'issuer', 'keys.json'), 'utf8')).signing[0];
}

/** HS256 with the public key as its secret: what a verifier that trusts the header would take. */
async function confuse(): Promise<string> {
  const { kty = '', n = '', e = '', kid = '' } = signingKey();
  const secret = await exportSPKI(
    (await importJWK({ kty, n, e }, 'RS256', { extractable: true })) as CryptoKey,
  );
  const header = { alg: 'HS256', kid };
  return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(Buffer.from(secret));
}

test('a local user gets an ID token by the code flow, valid for an hour', () => {
  const { iss, aud, exp = 0, iat = 0, sub, ...claims } = decodeJwt(token);
  expect({ iss, aud, lasts: exp - iat }).toEqual({
    iss: `${stack.origin}/oidc`,
    aud: 'groundswell',
    lasts: 3600,
  });
  expect(claims).toMatchObject({ email: 'organiser@example.org', email_verified: true });
  expect(sub).not.toContain('@');
});

test.each(['Bearer ', 'bearer ', ''])(
  'a token after "%s" lets the call through, its claims as strings',
  async (prefix) => {
    const answer = await call(`${prefix}${token}`);
    expect(answer.status).toBe(200);
    const { authorizer } = events.at(-1)?.requestContext ?? {};
    expect(authorizer?.jwt).toMatchObject({
      claims: { email: 'organiser@example.org', email_verified: 'true', exp: expect.stringMatching(/^\d+$/) },
      scopes: null,
    });
  },
);

test('lists of a token are written as API Gateway writes them', async () => {
  await call(await sign({ groups: ['a', 'b'], aud: ['other', 'groundswell'] }));
  const { claims } = events.at(-1)?.requestContext.authorizer?.jwt ?? {};
  expect(claims).toMatchObject({ groups: '[a b]', aud: '[other groundswell]' });
});

const now = () => Math.floor(Date.now() / 1000);
test.each<[string, () => string | Promise<string>]>([
  ['no token', () => ''],
  ['what is no token', () => 'Bearer not-a-token'],
  ['an expired token', () => sign({ exp: now() - 5 })],
  ['a token with no expiry', () => sign({ exp: undefined })],
  ['a token that is not valid yet', () => sign({ nbf: now() + 60 })],
  ['a token of the future', () => sign({ iat: now() + 60 })],
  ['a token for another audience', () => sign({ aud: 'other' })],
  ['a token of another issuer', () => sign({ iss: 'http://localhost:1/oidc' })],
  ['an unsigned token', () => new UnsecuredJWT(decodeJwt(token)).encode()],
  ['a token signed with the public key as a secret', confuse],
  ['an altered token', () => token.replace(/\.(.*)\./, (_, body) => `.${alter(body)}.`)],
  ['an altered signature', () => token.replace(/\.[^.]*$/, (signature) => `.${alter(signature.slice(1))}`)],
])('%s is unauthorized', async (_, forge) => {
  const seen = events.length;
  const answer = await call(await forge());
  expect([answer.status, await answer.json()]).toEqual([401, { message: 'Unauthorized' }]);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer( |$)/);
  expect(events.length).toBe(seen);
});

function alter(part: string): string {
  return `${part.slice(0, 20)}${part[20] === 'A' ? 'B' : 'A'}${part.slice(21)}`;
}

test("its keys outlive it and are its owner's alone", async () => {
  const listener = await createIssuer({
    issuerUrl: `${stack.origin}/oidc`,
    audience: 'groundswell',
    dataDir,
    users,
  });
  const again = await serve(() => [listener]);
  const keys = await Promise.all(
    [stack, again].map(async ({ origin }) => (await fetch(`${origin}/oidc/jwks`)).json()),
  );
  await again.close();
  expect(keys[0]).toEqual(keys[1]);
  expect(statSync(join(dataDir, 'issuer', 'keys.json')).mode & 0o777).toBe(0o600);
});

test('it publishes no private key and takes no redirect but to the dashboard', async () => {
  const { keys } = (await (await fetch(`${stack.origin}/oidc/jwks`)).json()) as { keys: JWK[] };
  expect(keys.map(({ d }) => d)).toEqual([undefined]);
  const query = 'client_id=groundswell&response_type=code&scope=openid&redirect_uri=https://evil.example/';
  const answer = await fetch(`${stack.origin}/oidc/auth?${query}`, { redirect: 'manual' });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('redirect_uri')]);
});

test('it knows the redirects that the site asks it for, as Cognito does, and no others', async () => {
  const ask = async (path: string) => {
    const query = new URLSearchParams({
      ...{ client_id: 'groundswell', response_type: 'code', scope: 'openid' },
      ...{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' },
      redirect_uri: `${stack.origin}${path}`,
    });
    return (await fetch(`${stack.origin}/oidc/auth?${query}`, { redirect: 'manual' })).status;
  };
  expect(await ask(signInPaths.callback)).toBe(303);
  expect([await ask('/dashboard/'), await ask('/dashboard')]).toEqual([400, 400]);
});

const run = (port: string, ...users: string[]) =>
  promisify(execFile)('node_modules/.bin/node', ['infra/local/token.ts', ...users], {
    env: { ...process.env, PORT: port },
  });

test('any other address is an account of its own, as after signing up; what is no address is none', async () => {
  const { page, pick } = await startSigningIn();
  expect(page).toContain('organiser@example.org');
  expect(await pick({ other: 'nobody' })).toBe(200);
  expect(await pick({ email: 'newcomer@example.org' })).toBe(404);
  expect(await pick({ other: ' Newcomer@Example.org ' })).toBe(303);
  expect(decodeJwt(await fetchToken(stack.origin, 'newcomer@example.org'))).toMatchObject({
    email: 'newcomer@example.org',
    email_verified: true,
  });
});

test('it leads back to the dashboard from signing out, and nowhere else', async () => {
  const signOut = async (address: string) => {
    const query = new URLSearchParams({ client_id: 'groundswell', post_logout_redirect_uri: address });
    const answer = await fetch(`${stack.origin}/oidc/session/end?${query}`);
    return [answer.status, (await answer.text()).includes('post_logout_redirect_uri not registered')];
  };
  expect(await signOut(`${stack.origin}/dashboard`)).toEqual([200, false]);
  expect(await signOut('https://evil.example/')).toEqual([400, true]);
});

/** The issuer's page of users, and what it answers to a choice. */
async function startSigningIn() {
  const query = new URLSearchParams({
    ...{ client_id: 'groundswell', response_type: 'code', scope: 'openid email' },
    redirect_uri: `${stack.origin}/dashboard/callback`,
    ...{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' },
  });
  const start = await fetch(`${stack.origin}/oidc/auth?${query}`, { redirect: 'manual' });
  const address = new URL(start.headers.get('location') ?? '', stack.origin);
  const cookie = start.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const ask = (body?: URLSearchParams) =>
    fetch(address, { headers: { cookie }, redirect: 'manual', ...(body && { method: 'POST', body }) });
  return {
    page: await (await ask()).text(),
    pick: async (fields: Record<string, string>) => (await ask(new URLSearchParams(fields))).status,
  };
}

test('the token script prints a token and nothing else', async () => {
  const { stdout, stderr } = await run(new URL(stack.origin).port, 'viewer@example.org');
  expect(decodeJwt(stdout.trim())).toMatchObject({ email: 'viewer@example.org' });
  expect(stderr).toBe('');
});

test('the token script takes an address that is not known as a new one, as the page of the issuer does', async () => {
  const { stdout } = await run(new URL(stack.origin).port, 'invited@example.org');
  expect(decodeJwt(stdout.trim())).toMatchObject({ email: 'invited@example.org', email_verified: true });
});

test('the token script names the users there are when it is given no address, and a stack that is not there', async () => {
  const unknown = await run(new URL(stack.origin).port, 'nobody').catch((error) => error);
  expect(unknown).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('  viewer@example.org'),
  });
  const nowhere = await run('1', 'viewer@example.org').catch((error) => error);
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('No stack answers on port 1') });
});
