/** `npm run pictures:share`: draws `web/pages/card.png`, which stands beside a link to a page where it is shared. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { letterFonts } from '../infra/constructs/letter-assets.ts';

const file = join(import.meta.dirname, '../web/pages/card.png');
const width = 1200;
const height = 630;

/** Swells of the sea, from the farthest to the nearest: at which height (pixels from the top), how high, how long. */
const swells = [
  { at: 388, high: 13, long: 540, from: 60, color: '#0d565a' },
  { at: 428, high: 19, long: 660, from: 330, color: '#136a6c' },
  { at: 480, high: 25, long: 820, from: 130, color: '#218482' },
  { at: 545, high: 31, long: 1010, from: 610, color: '#3fa49d' },
];

/** No language is in it but the name, so that it goes with every page. */
function draw(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#0a4a4e"/>
<circle cx="942" cy="330" r="128" fill="#f6f5f1"/>
${swells.map(({ color, ...swell }) => `<path d="${toPath(swell)}" fill="${color}"/>`).join('\n')}
<text x="88" y="236" font-family="Noto Sans" font-weight="700" font-size="104" letter-spacing="-2" fill="#ffffff">Groundswell</text>
</svg>`;
}

/** A sine by its points, closed along the foot of the picture. */
function toPath({ at, high, long, from }: Omit<(typeof swells)[number], 'color'>): string {
  const points = Array.from({ length: width / 8 + 1 }, (_, index) => {
    const x = index * 8;
    return `${x} ${(at - high * Math.sin(((x - from) / long) * 2 * Math.PI)).toFixed(2)}`;
  });
  return `M0 ${height}L${points.join('L')}L${width} ${height}Z`;
}

const font = { loadSystemFonts: false, fontFiles: letterFonts.filter((name) => name.includes('NotoSans_')) };
writeFileSync(file, new Resvg(draw(), { fitTo: { mode: 'width', value: width }, font }).render().asPng());
