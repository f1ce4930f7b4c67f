import type { WidgetKind } from '../../shared/kernel/action-kind.ts';
import { directionOf } from '../../shared/kernel/language.ts';
import { campaignAddress, type Embedded, firstKind } from './embed-code.ts';
import { html, toMarkup } from './html.ts';
import { pageText } from './page-text.ts';
import { textWidth } from './text-width.ts';

export interface CampaignCard extends Embedded {
  /** Confirmed actions by their kind. */
  counts: Record<WidgetKind, number>;
  /** The most that it may take, in CSS pixels. */
  most: { width: number; height: number };
}

/** The campaign as a quotation that links to its page, for others to put where the link stood; and its size in CSS pixels. */
export function campaignCard(card: CampaignCard): { html: string; width: number; height: number } {
  const { language } = card.campaign;
  const width = Math.min(card.most.width, widest);
  const whole = linesOf(card);
  const lines = heightOf(whole, width) > card.most.height ? whole.filter(({ spare }) => !spare) : whole;
  return {
    html: toMarkup(
      html`<blockquote cite="${campaignAddress(card)}" lang="${language}" dir="${directionOf(language)}">${lines.map(({ part }) => html`<p>${part}</p>`)}</blockquote>`,
    ),
    width,
    height: Math.min(heightOf(lines, width), card.most.height),
  };
}

/** More would make long lines. */
const widest = 600;

/** What the card says; spare is what is left out where there is no room for it. */
function linesOf(card: CampaignCard) {
  const { title, summary, language } = card.campaign;
  const kind = firstKind(card);
  const count = card.counts[kind];
  const said = pageText(language)(`widget.${kind}s`, { count });
  return [
    { text: title, part: html`<a href="${campaignAddress(card)}">${title}</a>`, spare: false },
    { text: summary, part: summary, spare: true },
    ...(count > 0 ? [{ text: said, part: said, spare: false }] : []),
  ];
}

/** As browsers set a quotation by themselves: 16 pixels high, lines of one and a half, 40 pixels to each side. */
function heightOf(lines: Array<{ text: string }>, width: number): number {
  const room = Math.max(width - 80, 80);
  const rows = lines.reduce((sum, { text }) => sum + Math.ceil(textWidth(text, 16) / room), 0);
  return rows * 24 + (lines.length + 1) * 16;
}
