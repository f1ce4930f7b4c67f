import { join } from 'node:path';
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import type { LetterContent } from './letter-content.ts';
import { type LetterErrorCode, letterError } from './letter-error.ts';
import { writeLetter } from './letter-text.ts';

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
  const compiler = NodeCompiler.create({
    workspace: assets.folder,
    fontArgs: [{ fontPaths: assets.fontFolders }],
  });
  return (letter) => {
    try {
      return typeset(compiler, join(assets.folder, 'letter.typ'), letter);
    } finally {
      // The cache of typst is global and grows with every letter, failed ones too (typst/typst#8628).
      compiler.evictCache(2);
    }
  };
}

function typeset(compiler: NodeCompiler, template: string, letter: LetterContent): Uint8Array {
  // The letter's words reach typst as JSON data, never as source: markup in a name is printed as it is.
  const inputs = { letter: JSON.stringify(writeLetter(letter)) };
  const compiled = compiler.compile({ mainFilePath: template, inputs });
  const said = [compiled.takeWarnings(), compiled.takeDiagnostics()].map(toText).join('');
  if (!compiled.result || said.includes('unknown font family')) throw toLetterError(letter.number, said);
  // PDF/UA-1 is also the guard against boxes on the page: its export refuses a glyph that no font has.
  const standard = { pdfStandard: 'ua-1', creationTimestamp: Date.parse(letter.date) / 1000 };
  try {
    return compiler.pdf(compiled.result, standard);
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
