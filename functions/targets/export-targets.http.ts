import { gzipSync } from 'node:zlib';
import { chooseType } from '../../shared/http/choose-type.ts';
import { type HttpAnswer, type HttpRequest, httpHandler } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireNetwork } from '../members/read.ts';
import { ExportQuery } from './registry-request.ts';
import { listTargets } from './target-store.ts';
import { toCsv, toJson } from './write-registry.ts';

const types = { json: 'application/json', csv: 'text/csv' } as const;

/** The whole registry, as it can be imported again. */
export const handler = httpHandler(async ({ query, headers, claims, now }) => {
  await requireNetwork(claims, 'readTargets', now);
  const { format } = validate(ExportQuery, query);
  const type = format ? types[format] : chooseType(headers['accept'], [types.json, types.csv]);
  const targets = await listTargets();
  return type === types.csv
    ? asFile('targets.csv', 'text/csv; charset=utf-8; header=present', toCsv(targets), headers)
    : asFile('targets.json', 'application/json; charset=utf-8', toJson(targets), headers);
});

/** Lambda's answers end at 6 MB, and some bytes are written as two or more characters of JSON. */
const longest = 4_000_000;

function asFile(name: string, type: string, text: string, asked: HttpRequest['headers']): HttpAnswer {
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    vary: 'accept, accept-encoding',
    'x-content-type-options': 'nosniff',
  };
  if (Buffer.byteLength(text) <= longest) return { statusCode: 200, headers, body: text };
  if (!/\bgzip\b/.test(asked['accept-encoding'] ?? ''))
    throw new Problem('not-acceptable', 'The registry is too large unless it is compressed: accept gzip.');
  return {
    statusCode: 200,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: gzipSync(text).toString('base64'),
    isBase64Encoded: true,
  };
}
