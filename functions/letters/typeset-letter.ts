import { join } from 'node:path';
import { NodeCompiler, type NodeError, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { breakLongWords } from './break-long-words.ts';
import type { LetterContent } from './letter-content.ts';
import { type LetterErrorCode, letterError } from './letter-error.ts';
import { writeLetter } from './write-letter.ts';

/** Where the page is described and where the TrueType files lie. */
export interface LetterAssets {
  /** The folder that holds `letter.typ`; typst can read nothing outside it. */
  folder: string;
  fontFolders: string[];
}

export type TypesetLetter = (letter: LetterContent) => Uint8Array;

/** The assets as `copyLetterAssets` lays them out beside a bundled function. */
export function bundledLetterAssets(folder: string): LetterAssets {
  return { folder, fontFolders: [join(folder, 'fonts')] };
}

/**
 * Makes the function that turns a letter into a tagged PDF (PDF/UA-1). Equal letters give equal bytes. Keep the
 * typesetter for as long as the process lives: making one takes far longer than setting a page.
 * It throws a `LetterError` and gives no PDF when a character has no glyph in the letter's fonts.
 */
export function defineTypesetter(assets: LetterAssets): TypesetLetter {
  return withCompiler(assets, toPdf);
}

/** The same as a drawing: one SVG of all pages, one below the other. */
export function defineLetterDrawing(assets: LetterAssets): (letter: LetterContent) => string {
  return withCompiler(assets, (compiler, document) => compiler.plainSvg(document));
}

type Export<T> = (compiler: NodeCompiler, document: NodeTypstDocument, letter: LetterContent) => T;

function withCompiler<T>(assets: LetterAssets, toFile: Export<T>): (letter: LetterContent) => T {
  const compiler = NodeCompiler.create({
    workspace: assets.folder,
    // typst maps the files and reads of each what a letter needs: with 75 MB of fonts for Chinese, Japanese and Korean a
    // compiler is made in 45 ms instead of 11, in as much memory, and the first Chinese page takes 20 ms more.
    fontArgs: [{ fontPaths: assets.fontFolders }],
  });
  return (letter) => {
    try {
      return toFile(compiler, compile(compiler, join(assets.folder, 'letter.typ'), letter), letter);
    } finally {
      // The cache of typst is global and grows with every letter, failed ones too (typst/typst#8628); the next letter has
      // next to nothing in common with this one.
      compiler.evictCache(0);
    }
  };
}

/** On one page, or, when it does not fit there in letters of a size that one likes to read, on as many as it needs. */
function compile(compiler: NodeCompiler, template: string, letter: LetterContent): NodeTypstDocument {
  // The letter's words reach typst as JSON data, never as source: markup in a name is printed as it is.
  const words = JSON.stringify(writeLetter(letter), breakable);
  const set = (pages: 'one' | 'more') => {
    const compiled = compiler.compile({ mainFilePath: template, inputs: { letter: words, pages } });
    const said = [compiled.takeWarnings(), compiled.takeDiagnostics()].map(toText).join('');
    if (!compiled.result || said.includes('unknown font family')) throw toLetterError(letter.number, said);
    return compiled.result;
  };
  const document = set('one');
  return document.numOfPages === 1 ? document : set('more');
}

/** Not what is no running text: the document's title, alternative texts, the outline of the QR code. */
function breakable(key: string, value: unknown): unknown {
  return typeof value === 'string' && !['title', 'alt', 'path'].includes(key) ? breakLongWords(value) : value;
}

function toPdf(compiler: NodeCompiler, document: NodeTypstDocument, letter: LetterContent): Uint8Array {
  // PDF/UA-1 is also the guard against boxes on the page: its export refuses a glyph that no font has.
  const standard = { pdfStandard: 'ua-1', creationTimestamp: Date.parse(letter.date) / 1000 };
  try {
    return compiler.pdf(document, standard);
  } catch (error) {
    // The binding puts typst's diagnostics into `code`.
    throw toLetterError(letter.number, String((error as { code?: unknown }).code ?? error));
  }
}

function toText(diagnostics: NodeError | null): string {
  const list: { message: string }[] = diagnostics?.shortDiagnostics ?? [];
  return list.map(({ message }) => message).join('; ');
}

function toLetterError(number: string, diagnostics: string): Error {
  const missing = [...diagnostics.matchAll(/the text `\\*"(.+?)\\*"` could not be displayed/g)].map(
    ([, text]) => text ?? '',
  );
  const code: LetterErrorCode = missing.length > 0 ? 'missing-glyph' : 'not-typeset';
  return letterError(code, number, missing.length > 0 ? [...new Set(missing)] : [diagnostics]);
}
