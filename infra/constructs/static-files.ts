import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';

const folder = join(import.meta.dirname, '../../web/pages');

export interface StaticFile {
  /** In `web/pages`: `style.css`. */
  name: string;
  /** The name it is served under, with a hash of the content, so that it always means the same: `style.3f9a1c2b.css`. */
  servedAs: string;
  content: string;
}

/** What pages load: every stylesheet, picture and script of `web/pages`. */
export const staticFiles: StaticFile[] = readdirSync(folder)
  .filter((name) => /\.(css|svg|js)$/.test(name))
  .map((name) => toStaticFile(name, readFileSync(join(folder, name), 'utf8')));

/** For a bundler's `define`: gives `web/pages/static-file.ts` the addresses of these files. */
export const staticFilesDefined = {
  STATIC_FILES: JSON.stringify(
    Object.fromEntries(staticFiles.map(({ name, servedAs }) => [name, `/assets/${servedAs}`])),
  ),
};

function toStaticFile(file: string, content: string): StaticFile {
  const { name, ext } = parse(file);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return { name: file, servedAs: `${name}.${hash}${ext}`, content };
}
