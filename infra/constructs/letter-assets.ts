import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const resolve = createRequire(import.meta.url).resolve;
const compiler = '@myriaddreamin/typst-ts-node-compiler';

/** The code of the compiler's packages that runs on Lambda (x86_64, glibc); the rest of them is for other uses. */
const packageFiles = [
  `${compiler}/package.json`,
  `${compiler}/index.js`,
  `${compiler}/index-napi.js`,
  `${compiler}-linux-x64-gnu/package.json`,
  `${compiler}-linux-x64-gnu/typst-ts-node-compiler.linux-x64-gnu.node`,
];

/** How the page is set. */
const pageFiles = ['letter.typ', 'letter-chart.typ', 'letter-palette.typ', 'letter-scripts.typ'];

/** The faces of a letter, each in two weights. Its main face for Latin, Greek and Cyrillic is part of the compiler. */
const families = {
  amiri: 'Amiri',
  'noto-sans': 'NotoSans',
  'noto-sans-ethiopic': 'NotoSansEthiopic',
  'noto-sans-tamil': 'NotoSansTamil',
  'noto-sans-thai': 'NotoSansThai',
  'noto-serif-bengali': 'NotoSerifBengali',
  'noto-serif-devanagari': 'NotoSerifDevanagari',
  'noto-serif-hebrew': 'NotoSerifHebrew',
  'noto-serif-jp': 'NotoSerifJP',
  'noto-serif-kr': 'NotoSerifKR',
  'noto-serif-sc': 'NotoSerifSC',
};

/** Their TrueType files. */
export const letterFonts = Object.entries(families).flatMap(([name, file]) =>
  ['400Regular', '700Bold'].map((weight) =>
    resolve(`@expo-google-fonts/${name}/${weight}/${file}_${weight}.ttf`),
  ),
);

/**
 * Puts beside a bundled letters function what esbuild cannot: typst with its native binary (mark
 * `@myriaddreamin/typst-ts-node-compiler` as external), the page and the fonts. Copies from node_modules; nothing
 * is installed or downloaded.
 */
export function copyLetterAssets(outputDir: string): void {
  for (const file of packageFiles) copy(resolve(file), join(outputDir, 'node_modules', file));
  for (const font of letterFonts) copy(font, join(outputDir, 'fonts', basename(font)));
  for (const file of pageFiles)
    copy(join(import.meta.dirname, '../../functions/letters', file), join(outputDir, file));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
