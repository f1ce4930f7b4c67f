import { bundledLetterAssets, defineTypesetter } from '../functions/letters/typeset-letter.ts';
import type { Host } from '../infra/local/host.ts';
import {
  type SampleLanguage,
  sampleContent,
  sampleCountries,
} from '../infra/tools/letter-samples/sample-content.ts';
import { type Figure, progress, quantile } from './figure.ts';
import { functionOf } from './stack.ts';

/** As many as there are governments to write to: the members of the United Nations and its two observers. */
const letters = 195;
const languages = Object.keys(sampleCountries) as SampleLanguage[];

/** Letters to all governments, in all languages by turns, by the assets that deploy and in a typesetter that is warm. */
export function letterFigure(host: Host): Figure[] {
  progress('letters are set');
  const folder = host.template.assetFolder(functionOf(host, 'LettersComposeLetter'));
  const typeset = defineTypesetter(bundledLetterAssets(folder));
  for (const language of languages) typeset(sampleContent(language));
  const times = new Map<SampleLanguage, number[]>(languages.map((language) => [language, []]));
  for (let at = 0; at < letters; at += 1) {
    const language = languages[at % languages.length] ?? 'en';
    const letter = { ...sampleContent(language), number: `MHFA-2026-${at}` };
    const begun = performance.now();
    const pages = pagesOf(typeset(letter));
    times.get(language)?.push((performance.now() - begun) / pages);
  }
  const medians = [...times].map(([language, all]) => ({ language, median: quantile(all) }));
  const worst = medians.reduce((slowest, one) => (one.median > slowest.median ? one : slowest));
  const how = `Median time per page in the slowest language (${worst.language}) of ${letters} letters in ${languages.length} languages by turns, set by the assets that deploy, after one of each to warm up.`;
  return [{ name: 'letter: one page, warm', measured: worst.median, bound: 50, unit: ' ms', how }];
}

function pagesOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 1
  );
}
