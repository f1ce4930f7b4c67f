import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the functions' bundles (see infra/constructs/bundle.ts):
 * Lambda always gives credentials by the environment, and the chain for laptops and instances would be a
 * quarter of the bundle.
 */
export const defaultProvider = () => fromEnv();
