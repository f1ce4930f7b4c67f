import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readFiles } from '../../functions/site/files.ts';
import { aGetAt } from '../support/a-get.ts';

const root = mkdtempSync(join(tmpdir(), 'groundswell-files-'));
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
let file: typeof import('../../functions/site/get-file.http.ts');
beforeAll(async () => {
  mkdirSync(join(root, 'files/assets'), { recursive: true });
  const files = {
    'openapi.json': '{}',
    'widget.js': 'export {};',
    'assets/widget.0a1b2c3d.js': 'export {};',
    'assets/style.0a1b2c3d.css': 'a::before { content: "→" }',
    'assets/card.0a1b2c3d.png': picture,
    'assets/large.0a1b2c3d.js.gz': gzipSync('export {};'),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, 'files', name), content);
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  file = await import('../../functions/site/get-file.http.ts');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});
const get = (path: string, headers: Record<string, string> = {}) => aGetAt(file.handler, path, { headers });

describe('where no CDN has the files, the function', () => {
  test.each([
    ['/assets/widget.0a1b2c3d.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/style.0a1b2c3d.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/card.0a1b2c3d.png', 'image/png', 'public, max-age=31536000, immutable'],
    [
      '/widget.js',
      'text/javascript; charset=utf-8',
      'public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400',
    ],
    ['/openapi.json', 'application/json; charset=utf-8', 'public, max-age=300'],
  ])('gives %s with its type, for as long as it is the same', async (path, type, cache) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': cache,
      'x-content-type-options': 'nosniff',
    });
  });

  test('gives each byte as it is, of a picture too', async () => {
    expect((await get('/assets/style.0a1b2c3d.css')).body).toBe('a::before { content: "→" }');
    const { body } = await get('/assets/card.0a1b2c3d.png');
    expect(Buffer.from(body, 'base64')).toEqual(picture);
  });

  test('gives what lies compressed so, under its name and type', async () => {
    const { status, headers, body } = await get('/assets/large.0a1b2c3d.js');
    expect([status, headers['content-type'], headers['content-encoding']]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'gzip',
    ]);
    expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe('export {};');
    expect((await get('/assets/large.0a1b2c3d.js.gz')).status).toBe(404);
  });

  test('says 304 to who has it already', async () => {
    const { headers } = await get('/widget.js');
    const tags = { 'if-none-match': `W/${headers['etag']}` };
    expect(await get('/widget.js', tags)).toMatchObject({ status: 304, body: '' });
    expect((await get('/assets/card.0a1b2c3d.png', tags)).status).toBe(200);
  });

  test.each([
    '/assets/',
    '/assets/other.js',
    '/files/widget.js',
    '/assets/../widget.js',
    '/',
    '/constructor',
  ])('gives nothing else: %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('refuses to start with a file of a type that it does not know', () => {
    writeFileSync(join(root, 'files/notes.txt'), '');
    expect(() => readFiles(join(root, 'files'))).toThrow('/notes.txt: the type of such a file is not known.');
  });
});
