/**
 * `npm run letters:samples -- --out FOLDER`: the letter of the seeded campaign in each language that the system writes by
 * itself, as a PDF and as a PNG of each page. Ends with 0, or with 2 when it was called wrongly.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readOptions, usageError } from '../../bench/tool.ts';
import { defineLetterDrawing, defineTypesetter } from '../../functions/letters/typeset-letter.ts';
import { letterFonts } from '../constructs/letter-assets.ts';
import { drawPages } from './letter-samples/draw-pages.ts';
import { type SampleLanguage, sampleContent, sampleCountries } from './letter-samples/sample-content.ts';
import { createProgressBar } from './progress-bar.ts';

const usage = 'Usage: npm run letters:samples -- --out FOLDER';
const width = 1_240;

const { out } = readOptions({ out: { type: 'string' } }, usage);
if (!out) usageError(`Say which folder the letters are to be written to.\n${usage}`);
makeFolder(out);
console.log(writeSamples(out));

function writeSamples(folder: string): string {
  const assets = {
    folder: join(import.meta.dirname, '../../functions/letters'),
    fontFolders: letterFonts.map((font) => dirname(font)),
  };
  const [typeset, draw] = [defineTypesetter(assets), defineLetterDrawing(assets)];
  const languages = Object.keys(sampleCountries) as SampleLanguage[];
  const bar = createProgressBar(process.stderr);
  let pictures = 0;
  for (const [done, language] of languages.entries()) {
    bar.show(done, languages.length, `a letter in ${language}`);
    const content = sampleContent(language);
    writeFileSync(join(folder, `letter-${language}.pdf`), typeset(content));
    for (const [page, png] of drawPages(draw(content), width).entries()) {
      writeFileSync(join(folder, `letter-${language}-${page + 1}.png`), png);
      pictures += 1;
    }
  }
  bar.show(languages.length, languages.length, 'all letters are written');
  bar.end();
  return `${languages.length} letters as PDF and ${pictures} pages as PNG are in ${folder}.`;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    usageError(`${folder} cannot be made: ${(error as Error).message}.`);
  }
}
