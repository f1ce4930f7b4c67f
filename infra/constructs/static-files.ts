import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, parse } from 'node:path';
import { buildSync } from 'esbuild';
import { buildWidget } from './build-widget.ts';

const require = createRequire(import.meta.url);
const folder = join(import.meta.dirname, '../../web/pages');

export interface StaticFile {
  /** As pages name it: `style.css`. */
  name: string;
  /** The name it is served under, with a hash of the content, so that it always means the same: `style.3f9a1c2b.css`. */
  servedAs: string;
  content: Buffer;
}

const pageFiles = readdirSync(folder)
  .filter((name) => /\.(css|svg|png|js)$/.test(name))
  .map((name) => toStaticFile(name, contentOf(join(folder, name))));

const widget = buildWidget((name, content) => {
  const file = toStaticFile(name, Buffer.from(content));
  return { file, address: addressOf(file) };
});

/** The widget as it is served under its one stable address, `/widget.js`; its hashed twin is among the static files. */
export const widgetScript: Buffer = widget.script.content;

/** Scalar, which shows the description of the API, without its line for debuggers: that leads to a file that is not served. */
const scalar = toStaticFile(
  'scalar.js',
  Buffer.from(scalarScript().replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n')),
);

/** What pages load: every stylesheet, picture and script of `web/pages`, Scalar, and the widget with what it loads. */
export const staticFiles: StaticFile[] = [...pageFiles, scalar, ...widget.loads, widget.script, widget.whole];

/** For a bundler's `define`: gives `web/pages/static-file.ts` the addresses of these files. */
export const staticFilesDefined = {
  STATIC_FILES: JSON.stringify(Object.fromEntries(staticFiles.map((file) => [file.name, addressOf(file)]))),
  WIDGET_INTEGRITY: JSON.stringify(
    `sha384-${createHash('sha384').update(widget.whole.content).digest('base64')}`,
  ),
};

/** Scripts with what they import, in one file. */
function contentOf(path: string): Buffer {
  if (extname(path) !== '.js') return readFileSync(path);
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    logLevel: 'error',
  });
  return Buffer.from(outputFiles[0]?.contents ?? '');
}

function scalarScript(): string {
  const main = require.resolve('@scalar/api-reference');
  return readFileSync(join(dirname(main), 'browser/standalone.js'), 'utf8');
}

function toStaticFile(file: string, content: Buffer): StaticFile {
  const { name, ext } = parse(file);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return { name: file, servedAs: `${name}.${hash}${ext}`, content };
}

function addressOf({ servedAs }: StaticFile): string {
  return `/assets/${servedAs}`;
}
