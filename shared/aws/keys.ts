import { hkdfSync } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { TokenKeys } from '../kernel/token.ts';
import { setting } from './env.ts';

/** The secret as stored: `seed` is never rotated; a rotation of link keys adds to `tokenSeeds` and moves `kid`. */
const Secret = z.object({
  seed: z.string().min(32),
  kid: z.string(),
  tokenSeeds: z.record(z.string(), z.string().min(32)).default({}),
});

export interface Keys {
  /** Input key of the de-duplication hash; derived further with each campaign's salt. */
  dedupe: Buffer;
  tokens: TokenKeys;
}

const client = /* @__PURE__ */ new SecretsManagerClient({});
let loading: Promise<Keys> | undefined;

/** The keys, fetched once per function environment. A failed fetch is not remembered. */
export function loadKeys(): Promise<Keys> {
  loading ??= fetchKeys().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchKeys(): Promise<Keys> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: setting('KEYS_SECRET') }));
  const { seed, kid, tokenSeeds } = Secret.parse(JSON.parse(SecretString ?? '{}'));
  const tokenKeys = Object.entries({ k1: seed, ...tokenSeeds }).map(([id, from]) => [
    id,
    derive(from, `token ${id}`),
  ]);
  return { dedupe: derive(seed, 'dedupe'), tokens: { current: kid, keys: Object.fromEntries(tokenKeys) } };
}

/** RFC 5869: one secret, a key of its own for each use. */
function derive(from: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', from, '', `groundswell ${use}`, 32));
}
