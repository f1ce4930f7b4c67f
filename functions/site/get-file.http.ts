import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setting } from '../../shared/aws/env.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

const folder = join(setting('LAMBDA_TASK_ROOT'), 'files');
const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/**
 * The description of the API and, where there is no CDN, the files that pages load. The bundle holds them: nothing else
 * can be asked for. The names of the latter change with their content.
 */
export const handler = httpHandler(async ({ path }) => {
  const name = path['file'] ?? 'openapi.json';
  const body = files.get(name);
  if (body === undefined) throw new Problem('not-found', 'There is no such file.');
  return {
    statusCode: 200,
    headers: {
      'content-type': `${types[extname(name)]}; charset=utf-8`,
      'cache-control': path['file'] ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    },
    body,
  };
});
