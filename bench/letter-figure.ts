import { bundledLetterAssets, defineTypesetter } from '../functions/letters/typeset-letter.ts';
import type { Host } from '../infra/local/host.ts';
import { aLetterContent } from '../test/support/a-letter.ts';
import { type Figure, progress, quantile } from './figure.ts';
import { functionOf } from './stack.ts';

const warmUps = 5;

/** One page by the assets that deploy, in a typesetter that is warm. */
export function letterFigure(host: Host): Figure[] {
  progress('letters are set');
  const folder = host.template.assetFolder(functionOf(host, 'LettersComposeLetter'));
  const typeset = defineTypesetter(bundledLetterAssets(folder));
  const times = Array.from({ length: warmUps + 50 }, (_, at) => {
    const letter = aLetterContent({ number: `MHFA-2026-${at}` });
    const begun = performance.now();
    typeset(letter);
    return performance.now() - begun;
  });
  const how = `Median of ${times.length - warmUps} letters of a page each, set by the assets that deploy, after ${warmUps} to warm up.`;
  return [
    { name: 'letter: one page, warm', measured: quantile(times.slice(warmUps)), bound: 50, unit: ' ms', how },
  ];
}
