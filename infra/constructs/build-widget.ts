import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { minify_sync } from 'terser';
import { directionOf, languages } from '../../shared/kernel/language.ts';
import { textKeys, textsOfChunks, type WidgetTextKey } from '../../web/widget/text-keys.ts';
import { compileTexts, numberKeys } from './compile-texts.ts';
import { packCountries, packCurrencies } from './pack-iso.ts';
import type { StaticFile } from './static-files.ts';
import { readTimeZones } from './time-zones.ts';

const folder = join(import.meta.dirname, '../../web/widget');

/** Names a file by its content; `address` is where it is served. */
type Publish = (name: string, content: string | Uint8Array) => { file: StaticFile; address: string };

/** The language that scripts have in them; others are loaded when they are wanted. */
const builtIn = 'en';
const others = languages.filter((language) => language !== builtIn);

/**
 * The widget: ES modules with its styles, one language and the ISO lists in them, and what is loaded only where it is
 * needed: chunks of the script, texts of the other languages, and the countries of time zones for browsers that do not know
 * them. `script` loads the chunks; `whole` has them in it, so that one hash says all of what runs.
 */
export function buildWidget(publish: Publish) {
  const data = nameTogether('json', [
    ...others.map((language) => [language, JSON.stringify(compileTexts(language))] as const),
    ['time-zones', JSON.stringify(readTimeZones())],
  ]);
  const chunks = nameTogether('js', [
    ['pledge', bundle('pledge-chunk.ts', { CHUNK_TEXTS: english(textsOfChunks.pledge) })],
    ['later', bundle('later-chunk.ts', { CHUNK_TEXTS: english(textsOfChunks.later) })],
  ]);
  const own = { DATA_FILES: JSON.stringify(data.pattern), CHUNK_FILES: JSON.stringify(chunks.pattern) };
  const script = bundle('widget.ts', { ...own, WIDGET_TEXTS: english(textsOfChunks.form) });
  const whole = bundle('widget-whole.ts', { ...own, WIDGET_TEXTS: english(textKeys), CHUNK_TEXTS: '{}' });
  return {
    script: publish('widget.js', script).file,
    whole: publish('widget-whole.js', whole).file,
    loads: [...data.files, ...chunks.files],
  };
}

/** One hash of all of them in each name: a script has to know one address with a `*` in it, not ten. */
function nameTogether(type: string, contents: Array<readonly [name: string, content: string]>) {
  const hash = createHash('sha256');
  for (const [, content] of contents) hash.update(content);
  const version = hash.digest('hex').slice(0, 8);
  const files: StaticFile[] = contents.map(([name, content]) => ({
    name: `widget-${name}.${type}`,
    servedAs: `widget-${name}.${version}.${type}`,
    content: Buffer.from(content),
  }));
  return { pattern: `/assets/widget-*.${version}.${type}`, files };
}

/** By their places in the list of all: those of the first chunk need not name them. */
function english(keys: readonly WidgetTextKey[]): string {
  const texts = compileTexts(builtIn, keys);
  const from = textKeys.indexOf(keys[0] as WidgetTextKey);
  if (from === 0) return JSON.stringify(texts);
  return JSON.stringify(Object.fromEntries(texts.map((text, at) => [from + at, text])));
}

function bundle(entry: string, define: Record<string, string> = {}): string {
  const code = numberKeys(
    build(entry, {
      ...define,
      // Without the spaces that esbuild leaves in custom properties.
      WIDGET_STYLES: JSON.stringify(
        build('widget.css')
          .trim()
          .replace(/(--[\w-]+[:,]) /g, '$1'),
      ),
      OTHER_LANGUAGES: JSON.stringify(others.join(' ')),
      RIGHT_TO_LEFT: JSON.stringify(languages.filter((each) => directionOf(each) === 'rtl').join(' ')),
      COUNTRY_STEPS: JSON.stringify(packCountries()),
      CURRENCIES: JSON.stringify(packCurrencies()),
    }),
  );
  // Gzipped, 3 % smaller than what esbuild leaves. Functions may become arrows: none is made an object with `new`.
  const compress = { passes: 2, unsafe_arrows: true, unsafe_methods: true };
  return minify_sync(code, { module: true, ecma: 2020, compress }).code ?? '';
}

function build(entry: string, define: Record<string, string> = {}): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    // Phones that are five years old.
    target: ['chrome92', 'safari15', 'firefox90'],
    charset: 'utf8',
    define,
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
