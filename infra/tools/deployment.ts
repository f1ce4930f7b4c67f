import { usageError } from '../../bench/tool.ts';
import { fetchToken } from '../local/token.ts';

/** What is wrong is how a tool was called: the address, the token, what it asked for. */
export class CallError extends Error {
  override name = 'CallError';
}

/** A deployment, and as whom it is called. */
export interface Deployment {
  origin: string;
  token: string;
}

const secretariat = 'secretariat@example.org';

/**
 * The deployment at an address; that of `npm start` when none is given, where nobody needs a token: its secretariat is
 * signed in. Ends the tool with 2 when address and token do not go together.
 * @throws CallError when nothing answers there.
 */
export async function findDeployment(given: {
  url?: string | undefined;
  token?: string | undefined;
}): Promise<Deployment> {
  const origin = toOrigin(given.url ?? `http://localhost:${process.env['PORT'] ?? '4000'}`, given.token);
  return { origin, token: given.token ?? (await localToken(origin)) };
}

/** Says of an error that nothing answers there, if that is what it means; throws any other. */
export function notReached(error: Error, origin: string): never {
  if (!isUnreachable(error)) throw error;
  throw new CallError(`Nothing answers at ${origin}: run \`npm start\` first, or give another --url.`);
}

/** A token travels only encrypted, or not at all. */
function toOrigin(url: string, token: string | undefined): string {
  const { protocol, hostname, origin } = URL.parse(url) ?? {};
  if (!hostname || !/^https?:$/.test(protocol ?? ''))
    usageError(`--url has to be an address such as http://localhost:4000; "${url}" is none.`);
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  if (!isLocal && protocol === 'http:') usageError(`--url has to begin with https:// for ${hostname}.`);
  if (!isLocal && !token) usageError(`--token is needed for ${hostname}: a campaigner's ID token.`);
  return origin ?? '';
}

function localToken(origin: string): Promise<string> {
  return fetchToken(origin, secretariat).catch((error) => {
    if (isUnreachable(error)) return notReached(error, origin);
    throw new CallError(error.message);
  });
}

function isUnreachable(error: Error): boolean {
  return error instanceof TypeError && error.message === 'fetch failed';
}
