/** The OpenID issuer of a local stack: real tokens by the code flow with PKCE, and users who need no password. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
// @ts-expect-error It has no types. It is the default adapter; but by default it warns at each start.
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { signInPaths } from '../../../shared/http/sign-in-paths.ts';
import { html } from '../../../web/pages/html.ts';
import type { Listener } from '../contract.ts';
import { splitUrl } from './http-event.ts';
import { readBody } from './http-reply.ts';
import { sendPage } from './page.ts';

interface IssuerOptions {
  /** Where the issuer answers, for instance `http://localhost:4000/oidc`. */
  issuerUrl: string;
  /** The one client's id, and so the audience of every ID token. */
  audience: string;
  dataDir: string;
  /** To choose from; any other address makes an account of its own, until the issuer ends. */
  users: LocalUser[];
}
interface LocalUser {
  email: string;
}
interface Keys {
  signing: JWK[];
  cookies: string[];
}

/** Its signing key stays in the data folder, so that tokens outlive a restart. */
export async function createIssuer(options: IssuerOptions): Promise<Listener> {
  const { pathname: mount } = new URL(options.issuerUrl);
  const users = [...options.users];
  const configuration = toConfiguration({ ...options, users }, await readKeys(options.dataDir));
  const provider = new Provider(options.issuerUrl, configuration);
  const answer = provider.callback();
  return async (request, response) => {
    const { path } = splitUrl(request);
    if (!path.startsWith(`${mount}/`)) return false;
    const url = request.url?.slice(mount.length);
    if (path.startsWith(`${mount}/sign-in/`)) await signIn(provider, users, request, response);
    else await answer(Object.assign(request, { originalUrl: request.url, url }), response);
    return true;
  };
}

function toConfiguration({ issuerUrl, audience, users }: IssuerOptions, keys: Keys): Configuration {
  const { origin, pathname: mount, port } = new URL(issuerUrl);
  return {
    adapter: createMemoryAdapter(),
    clients: [
      {
        client_id: audience,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${origin}${signInPaths.callback}`],
        post_logout_redirect_uris: [`${origin}${signInPaths.home}`],
      },
    ],
    jwks: { keys: keys.signing },
    // Cookies know no ports: the names keep two stacks on one machine apart.
    cookies: {
      keys: keys.cookies,
      names: {
        session: `oidc_session_${port}`,
        interaction: `oidc_sign_in_${port}`,
        resume: `oidc_resume_${port}`,
      },
    },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // As Cognito does, the ID token itself carries the claims.
    conformIdTokenClaims: false,
    ttl: {
      IdToken: 3600,
      AccessToken: 3600,
      AuthorizationCode: 60,
      Interaction: 3600,
      Session: 86_400,
      Grant: 86_400,
    },
    pkce: { required: () => true },
    clientBasedCORS: (_, asking) => asking === origin,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { logoutSource: askToSignOut } },
    interactions: { url: (_, { uid }) => `${mount}/sign-in/${uid}` },
    findAccount: (_, sub) => toAccount(users.find((user) => subjectOf(user) === sub)),
    loadExistingGrant: grantEverything,
    renderError: (context, { error, error_description }) => {
      context.type = 'text';
      context.body = `${error}: ${error_description ?? ''}\n`;
    },
  };
}

function toAccount(user: LocalUser | undefined): ReturnType<NonNullable<Configuration['findAccount']>> {
  if (!user) return undefined;
  const accountId = subjectOf(user);
  return { accountId, claims: () => ({ sub: accountId, email: user.email, email_verified: true }) };
}

/** `form` is the provider's own markup, without its button. */
function askToSignOut(context: KoaContextWithOIDC, form: string): void {
  context.type = 'html';
  context.body = `<!doctype html>
<html lang="en">
<title>Sign out</title>
<h1>Sign out of the local stack?</h1>
${form}
<button form="op.logoutForm" name="logout" value="yes">Sign out</button>
`;
}

/** The one client is the project's own, so nobody is asked for consent. */
const grantEverything: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
  const grant = new oidc.provider.Grant({
    ...(oidc.client && { clientId: oidc.client.clientId }),
    ...(oidc.session?.accountId && { accountId: oidc.session.accountId }),
  });
  grant.addOIDCScope('openid email');
  await grant.save();
  return grant;
};

/** GET shows the local users to choose from; POST signs the chosen one in, or whoever has another address. */
async function signIn(
  provider: Provider,
  users: LocalUser[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = request.method === 'POST' ? await readBody(request, 4096) : undefined;
  const fields = new URLSearchParams(body?.toString());
  const email = fields.get('email');
  const user = users.find((each) => each.email === email) ?? addUser(users, fields.get('other'));
  try {
    await provider.interactionDetails(request, response);
  } catch {
    const again = html`<p>Go back to the page that sent you here and try again.</p>`;
    return sendPage(response, 400, 'Sign-in expired', again);
  }
  if (user) return provider.interactionFinished(request, response, { login: { accountId: subjectOf(user) } });
  const choices = users.map(
    (each) => html`<li><button name="email" value="${each.email}">${each.email}</button></li>`,
  );
  const form = html`<p>A local stack asks for no password. Who are you?</p>
<form method="post"><ul>${choices}</ul></form>
<form method="post"><p><label>Somebody else: <input type="email" name="other" required></label> <button>Sign in</button></p></form>`;
  sendPage(response, email ? 404 : 200, 'Sign in', form);
}

/** As signing up does elsewhere, without a mail that verifies the address. */
function addUser(users: LocalUser[], given: string | null): LocalUser | undefined {
  const email = given?.trim().toLowerCase() ?? '';
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) return undefined;
  const known = users.find((each) => each.email === email);
  if (!known) users.push({ email });
  return known ?? { email };
}

/** Opaque and stable, as an issuer's subjects are, so that nothing comes to rely on it being an address. */
function subjectOf({ email }: LocalUser): string {
  return createHash('sha256').update(email).digest('hex').slice(0, 32);
}

async function readKeys(dataDir: string): Promise<Keys> {
  const file = join(dataDir, 'issuer', 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const signing = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid };
  const keys: Keys = { signing: [signing], cookies: [randomBytes(32).toString('base64url')] };
  mkdirSync(join(dataDir, 'issuer'), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}
