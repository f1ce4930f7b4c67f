import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { foreverCache, stableCache } from '../../shared/http/cache-control.ts';
import type { KeptHeaders } from '../../shared/http/if-known.ts';

/** A file as it is answered. */
export interface ServedFile {
  headers: KeptHeaders;
  body: string;
  isBase64Encoded: boolean;
}

/** All files below a folder by the paths that they are served at, those that end in `.gz` compressed: `/openapi.json`, `/assets/style.3f9a1c2b.css`. */
export function readFiles(folder: string): Map<string, ServedFile> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const path = `/${relative(folder, file)}`;
      const served = toServed(path.replace(compressed, ''), readFileSync(file), compressed.test(path));
      return [path.replace(compressed, ''), served];
    }),
  );
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
};

/** How a file's name ends that lies compressed: it goes out so, as every browser takes it, under its name without this. */
const compressed = /\.gz$/;

function toServed(path: string, content: Buffer, isCompressed: boolean): ServedFile {
  const type = types[extname(path)];
  if (!type) throw new Error(`${path}: the type of such a file is not known.`);
  const isBase64Encoded = isCompressed || !type.includes('charset');
  return {
    headers: {
      'content-type': type,
      'cache-control': cacheOf(path),
      etag: `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`,
      'x-content-type-options': 'nosniff',
      ...(isCompressed && { 'content-encoding': 'gzip' }),
    },
    body: content.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

/** What is below `/assets/` has a name that changes with its content. */
function cacheOf(path: string): string {
  if (path.startsWith('/assets/')) return foreverCache;
  return path === '/widget.js' ? stableCache : 'public, max-age=300';
}
