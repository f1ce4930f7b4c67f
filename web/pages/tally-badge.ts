import type { WidgetKind } from '../../shared/kernel/action-kind.ts';
import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { html, toMarkup } from './html.ts';
import { formatCount } from './names.ts';
import { pageText } from './page-text.ts';
import { textWidth } from './text-width.ts';

export interface TallyBadge {
  language: Language;
  /** Of the campaign. */
  title: string;
  kind: WidgetKind;
  count: number;
}

/** Of the picture, in CSS pixels. */
const size = { height: 28, text: 13, padding: 9, icon: 18, gap: 6, edge: 3 };
/** Its own grounds, so that it reads the same on a light page and on a dark one. */
const colours = { ground: '#0a5a5e', label: '#ffffff', plate: '#ffffff', count: '#083f43' };
/** Widths are those of Verdana and its like, the widest that readers have: with another font, more room is left. */
const fonts = "Verdana, 'DejaVu Sans', 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', sans-serif";

/** A count and its word as SVG, for any page. What is said stands in its title, too. */
export function tallyBadge({ language, title, kind, count }: TallyBadge): string {
  const [label, figure] = [pageText(language)(`badge.${kind}s`), formatCount(count, language)];
  const labelWidth = Math.ceil(textWidth(label, size.text));
  const plateWidth = Math.ceil(textWidth(figure, size.text, { bold: true })) + 2 * size.padding;
  const before = size.padding + size.icon + size.gap;
  const width = before + labelWidth + size.padding + plateWidth + size.edge;
  // Mirrored for languages that run from right to left.
  const place = (start: number, length: number) =>
    directionOf(language) === 'rtl' ? width - start - length : start;
  const plate = place(width - size.edge - plateWidth, plateWidth);
  const said = clean(`${title} – ${label}: ${figure}`);
  return toMarkup(html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${size.height}" viewBox="0 0 ${width} ${size.height}" role="img" aria-label="${said}" xml:lang="${language}">
<title>${said}</title>
<rect width="${width}" height="${size.height}" rx="6" fill="${colours.ground}"/>
<path transform="translate(${place(size.padding, size.icon)} 5)" d="${wave}" fill="none" stroke="${colours.label}" stroke-width="2" stroke-linecap="round"/>
<rect x="${plate}" y="${size.edge}" width="${plateWidth}" height="${size.height - 2 * size.edge}" rx="4" fill="${colours.plate}"/>
<g font-family="${fonts}" font-size="${size.text}" text-anchor="middle" direction="${directionOf(language)}">
<text x="${place(before, labelWidth) + labelWidth / 2}" y="18.5" fill="${colours.label}">${label}</text>
<text x="${plate + plateWidth / 2}" y="18.5" fill="${colours.count}" font-weight="bold">${figure}</text>
</g>
</svg>
`);
}

/** The swell of the site's icon, 18 wide and high. */
const wave =
  'M1 12.2c2.8 0 2.8-2.8 5.3-2.8s2.5 2.8 5 2.8 2.5-2.8 5.3-2.8M1 7.2c2.8 0 2.8-2.8 5.3-2.8s2.5 2.8 5 2.8 2.5-2.8 5.3-2.8';

/** Characters that XML does not take (XML 1.0, 2.2), escaped or not, would make it unreadable. */
function clean(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}
