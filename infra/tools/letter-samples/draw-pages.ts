import { Resvg } from '@resvg/resvg-js';

const root = /<svg class="typst-doc" viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+pt" height="[\d.]+pt"/;
const a4 = 841.8898;

/** One PNG for each page of typst's drawing, which has them one below the other; `width` in pixels. */
export function drawPages(svg: string, width: number): Uint8Array[] {
  const [, across = '', down = ''] = root.exec(svg) ?? [];
  return Array.from({ length: Math.round(Number(down) / a4) }, (_, page) => {
    const view = `0 ${page * a4} ${across} ${a4}`;
    const one = svg.replace(root, `<svg viewBox="${view}" width="${across}pt" height="${a4}pt"`);
    // The drawing has the outlines of its letters: no fonts are needed.
    const font = { loadSystemFonts: false };
    return new Resvg(one, { background: '#fff', fitTo: { mode: 'width', value: width }, font })
      .render()
      .asPng();
  });
}
