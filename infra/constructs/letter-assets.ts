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

/** The TrueType files of a letter. Its main Latin face is part of the compiler. */
export const letterFonts = [
  '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
  '@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf',
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
].map((file) => resolve(file));

/**
 * Puts beside a bundled letters function what esbuild cannot: typst with its native binary (mark
 * `@myriaddreamin/typst-ts-node-compiler` as external), `letter.typ` and the fonts. Copies from node_modules; nothing
 * is installed or downloaded.
 */
export function copyLetterAssets(outputDir: string): void {
  for (const file of packageFiles) copy(resolve(file), join(outputDir, 'node_modules', file));
  for (const font of letterFonts) copy(font, join(outputDir, 'fonts', basename(font)));
  copy(join(import.meta.dirname, '../../functions/letters/letter.typ'), join(outputDir, 'letter.typ'));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}
