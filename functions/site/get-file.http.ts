import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setting } from '../../shared/aws/env.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';

const types = {
  'style.css': 'text/css',
  'icon.svg': 'image/svg+xml',
  'tally.js': 'text/javascript',
  'openapi.json': 'application/json',
} as const;
type FileName = keyof typeof types;

const folder = join(setting('LAMBDA_TASK_ROOT'), 'files');
const files = new Map(Object.keys(types).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/** The few files that pages load, and the description of the API. The bundle holds them: nothing else can be asked for. */
export const handler = httpHandler(async ({ path }) => {
  const name = path['file'] ?? 'openapi.json';
  const body = files.get(name);
  if (body === undefined) throw new Problem('not-found', 'There is no such file.');
  return {
    statusCode: 200,
    headers: {
      'content-type': `${types[name as FileName]}; charset=utf-8`,
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    },
    body,
  };
});
