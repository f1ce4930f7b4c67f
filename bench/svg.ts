/** A drawing without its frame. Sizes in pixels. */
export interface Drawing {
  height: number;
  body: string;
}

export const width = 760;
/** What a letter of a label takes, nearly. */
export const letterWidth = 7.2;
/** Height that the title takes. */
export const top = 52;

/** Colours of series are told apart by people who see few colours, too (Okabe and Ito). */
const style = `
  text { font: 13px system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .quiet { fill: #59636e }
  .ground { fill: #ffffff } .grid { stroke: #d1d9e0; stroke-width: 1 }
  .bar, .fill0 { fill: #0072b2 } .fill1 { fill: #d55e00 } .fill2 { fill: #009e73 }
  .line { fill: none; stroke-width: 2.5 }
  .line0 { stroke: #0072b2 } .line1 { stroke: #d55e00; stroke-dasharray: 8 4 } .line2 { stroke: #009e73; stroke-dasharray: 2 4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .quiet { fill: #9198a1 } .ground { fill: #0d1117 } .grid { stroke: #3d444d }
    .bar, .fill0 { fill: #56b4e9 } .fill1 { fill: #e69f00 } .fill2 { fill: #2ccf9f }
    .line0 { stroke: #56b4e9 } .line1 { stroke: #e69f00 } .line2 { stroke: #2ccf9f }
  }`;

export function toSvgFile({
  height,
  body,
  title,
  description,
}: Drawing & { title: string; description: string }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<style>${style}
</style>
<rect class="ground" width="${width}" height="${height}" rx="6"/>
${text(20, 32, title, 'title')}
${body}
</svg>
`;
}

export function text(
  x: number,
  y: number,
  words: string,
  kind = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
) {
  const attributes = `${kind && ` class="${kind}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${round(x)}" y="${round(y)}"${attributes}>${escaped(words)}</text>`;
}

/** Up to two decimals: enough for a pixel, and the same file for the same figures. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A number as a label: 3 digits or thousands. */
export function label(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
