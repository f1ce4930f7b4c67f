/** `npm run -s token -- EMAIL`: signs somebody in at the running stack, with any address, and prints the ID token, nothing else. */
import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { signInPaths } from '../../shared/http/sign-in-paths.ts';

const audience = 'groundswell';

/**
 * The ID token of a local user, or of somebody new, by the code flow with PKCE against the issuer at `origin`, as a
 * browser does it.
 */
export async function fetchToken(origin: string, email: string): Promise<string> {
  const browse = createBrowser();
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${origin}${signInPaths.callback}`;
  const query = new URLSearchParams({
    client_id: audience,
    response_type: 'code',
    scope: 'openid email',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await browse(`${origin}/oidc/auth?${query}`);
  if (page.status !== 303) throw new Error(`${origin} is not a local Groundswell: ${await page.text()}`);
  const signIn = new URL(page.headers.get('location') ?? '', origin);
  const body = new URLSearchParams({ email, other: email });
  const signedIn = await browse(signIn, { method: 'POST', body });
  if (signedIn.status !== 303) {
    const users = listUsers(await signedIn.text());
    throw new Error(`"${email}" is no e-mail address. Give any, or that of a local user:\n${users}`);
  }
  const back = await browse(new URL(signedIn.headers.get('location') ?? '', origin));
  const code = new URL(back.headers.get('location') ?? '', origin).searchParams.get('code') ?? '';
  const grant = {
    grant_type: 'authorization_code',
    client_id: audience,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  };
  const answer = await browse(`${origin}/oidc/token`, { method: 'POST', body: new URLSearchParams(grant) });
  const { id_token: token } = (await answer.json()) as { id_token: string };
  decodeJwt(token);
  return token;
}

/** `fetch` with a cookie jar that leaves redirects to its caller. */
function createBrowser(): (url: string | URL, init?: RequestInit) => Promise<Response> {
  const jar = new Map<string, string>();
  return async (url, init = {}) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
}

function listUsers(page: string): string {
  return [...page.matchAll(/name="email" value="([^"]+)"/g)].map(([, email]) => `  ${email}`).join('\n');
}

async function main(): Promise<void> {
  const [email = ''] = process.argv.slice(2);
  const port = process.env['PORT'] ?? '4000';
  try {
    console.log(await fetchToken(`http://localhost:${port}`, email));
  } catch (error) {
    const unreachable = error instanceof TypeError && error.message === 'fetch failed';
    console.error(
      unreachable ? `No stack answers on port ${port}: run \`npm start\` first.` : (error as Error).message,
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
