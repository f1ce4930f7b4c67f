import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { optionalSetting } from '../aws/env.ts';
import { Problem } from '../kernel/problem.ts';

/** The header by which the CDN proves to be ours. It replaces what a viewer sends under this name. */
export const edgeHeader = 'x-groundswell-edge';

/** The keys that are good, divided by a space: two while one takes the place of the other. None: there is no CDN. */
const keys = optionalSetting('EDGE_KEY').split(' ').filter(Boolean);

/** @throws Problem `forbidden` for a request that has gone round the CDN (docs/adr/0009). */
export function refuseDetour({ headers }: Pick<APIGatewayProxyEventV2, 'headers'>): void {
  if (keys.length === 0) return;
  const given = headers[edgeHeader] ?? '';
  if (!keys.some((key) => isSame(key, given)))
    throw new Problem('forbidden', "This is not the site's address: ask for the same path there.");
}

/** Takes as long wherever the difference is; the length of a key is no secret. */
function isSame(key: string, given: string): boolean {
  const [a, b] = [Buffer.from(key), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
