import { setting } from '../../shared/aws/env.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { ifKnown } from '../../shared/http/if-known.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { readFiles } from './files.ts';

const files = readFiles(`${setting('LAMBDA_TASK_ROOT')}/files`);

/**
 * The description of the API and, where there is no CDN, the widget and the files that pages load. The bundle holds them:
 * nothing else can be asked for.
 */
export const handler = httpHandler(async ({ rawPath, headers }) => {
  const file = files.get(rawPath);
  if (!file) throw new Problem('not-found', 'There is no such file.');
  return ifKnown(headers, file.headers) ?? { statusCode: 200, ...file };
});
