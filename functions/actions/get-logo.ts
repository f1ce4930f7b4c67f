import { httpHandler } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { findLogo } from './logo-store.ts';

/** Whatever stands in the file beside an image, it is an image, and no page. */
const asImage = { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" };

/** It never changes, but goes with the organisation: an hour after that no cache has it. */
const forAnHour = 'public, max-age=3600';

export const handler = httpHandler(async ({ path }) => {
  const logo = await findLogo(path['logo'] ?? '');
  if (!logo) throw new Problem('not-found', 'There is no such logo.');
  return {
    statusCode: 200,
    headers: { 'content-type': logo.type, 'cache-control': forAnHour, ...asImage },
    body: Buffer.from(logo.bytes).toString('base64'),
    isBase64Encoded: true,
  };
});
