/** The OpenID issuer of a local stack: real tokens by the code flow with PKCE, and users who need no password. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type Configuration, Provider } from 'oidc-provider';
import type { Listener } from '../contract.ts';
import { html, sendPage, toPage } from './html.ts';
import { readBody } from './http-reply.ts';
import { createMemoryAdapter } from './memory-adapter.ts';

interface IssuerOptions {
  /** Where the issuer answers, for instance `http://localhost:4000/oidc`. */
  issuerUrl: string;
  /** The one client's id, and so the audience of every ID token. */
  audience: string;
  dataDir: string;
  users: LocalUser[];
}
interface LocalUser {
  email: string;
  name?: string;
}
interface Keys {
  signing: JWK[];
  cookies: string[];
}

/** Its signing key stays in the data folder, so that tokens outlive a restart. */
export async function startIssuer(
  options: IssuerOptions,
): Promise<{ listener: Listener; close(): Promise<void> }> {
  const { pathname: mount } = new URL(options.issuerUrl);
  const provider = new Provider(options.issuerUrl, toConfiguration(options, await readKeys(options.dataDir)));
  const answer = provider.callback();
  const listener: Listener = async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!path.startsWith(`${mount}/`)) return false;
    if (path.startsWith(`${mount}/sign-in/`)) await signIn(provider, options.users, request, response);
    else
      await answer(
        Object.assign(request, { originalUrl: request.url, url: request.url?.slice(mount.length) }),
        response,
      );
    return true;
  };
  return { listener, close: async () => {} };
}

function toConfiguration({ issuerUrl, audience, users }: IssuerOptions, keys: Keys): Configuration {
  const { origin, pathname: mount, port } = new URL(issuerUrl);
  return {
    adapter: createMemoryAdapter(),
    clients: [
      {
        client_id: audience,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${origin}/dashboard/`, `${origin}/dashboard/callback`],
        post_logout_redirect_uris: [`${origin}/dashboard/`],
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
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
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
    features: { devInteractions: { enabled: false } },
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
  const { email, name = email } = user;
  return { accountId, claims: () => ({ sub: accountId, email, email_verified: true, name }) };
}

/** The one client is the project's own, so nobody is asked for consent. */
const grantEverything: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
  const grant = new oidc.provider.Grant({
    ...(oidc.client && { clientId: oidc.client.clientId }),
    ...(oidc.session?.accountId && { accountId: oidc.session.accountId }),
  });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
};

/** GET shows the local users to choose from; POST signs the chosen one in. */
async function signIn(
  provider: Provider,
  users: LocalUser[],
  request: IncomingMessage,
  response: ServerResponse,
) {
  const body = request.method === 'POST' ? await readBody(request, 4096) : undefined;
  const email = new URLSearchParams(body?.toString()).get('email');
  const user = users.find((each) => each.email === email);
  try {
    await provider.interactionDetails(request, response);
    if (!user) return sendPage(response, email ? 404 : 200, toSignInPage(users));
    await provider.interactionFinished(request, response, { login: { accountId: subjectOf(user) } });
  } catch {
    const body = html`<main><h1>Sign-in expired</h1><p>Go back to the page that sent you here and try again.</p></main>`;
    sendPage(response, 400, toPage({ title: 'Sign-in expired', body }));
  }
}

function toSignInPage(users: LocalUser[]): string {
  const choices = users.map(
    ({ email, name }) =>
      html`<li><button name="email" value="${email}"><strong>${name ?? email}</strong><span>${name ? email : ''}</span></button></li>`,
  );
  const body = html`<main>
<h1>Sign in</h1>
<p class="quiet">A local stack asks for no password. Who are you?</p>
<form method="post"><ul class="list">${choices}</ul></form>
</main>`;
  return toPage({ title: 'Sign in', body });
}

/** Opaque and stable, as an issuer's subjects are, so that nothing comes to rely on it being an address. */
function subjectOf({ email }: LocalUser): string {
  return createHash('sha256').update(email).digest('hex').slice(0, 32);
}

async function readKeys(dataDir: string): Promise<Keys> {
  const file = join(dataDir, 'issuer', 'keys.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const signing = {
    ...(await exportJWK(privateKey)),
    alg: 'RS256',
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
  const keys: Keys = { signing: [signing], cookies: [randomBytes(32).toString('base64url')] };
  await mkdir(join(dataDir, 'issuer'), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return keys;
}
