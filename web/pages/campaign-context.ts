import type { CampaignContext, PublicAsk } from '../../functions/campaigns/campaign.ts';
import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { campaignPath } from './address.ts';
import { type Html, html } from './html.ts';
import { longList } from './long-list.ts';
import { dateLocale } from './names.ts';
import { pageText } from './page-text.ts';

/** A chapter in the language that its title is told in. */
export interface Chapter {
  slug: string;
  title: string;
  language: Language;
}

/** The day that a campaign is for, as in "For World Mental Health Day, 10 October". */
export function momentLine({ moment }: CampaignContext, language: Language): Html | false {
  if (!moment) return false;
  const date = formatDays(moment, language);
  return html`<p class="meta">${pageText(language)('campaign.moment', { title: moment.name, date })}</p>`;
}

/** Leads from a chapter to its root. */
export function rootLine({ partOf }: CampaignContext, language: Language): Html | false {
  if (!partOf) return false;
  const href = campaignPath(partOf.slug, { lang: language });
  const text = pageText(language)('campaign.partOf', { title: partOf.title });
  return html`<p class="meta"><a class="plain" href="${href}">${text}</a></p>`;
}

/** How the partner by whose link the reader came introduces the campaign, in its own words. */
export function partnerIntroduction({ partner }: Pick<PublicAsk, 'partner'>): Html | false {
  if (!partner?.text) return false;
  return html`<figure class="introduction"><blockquote class="prose" dir="auto">${toParagraphs(partner.text)}</blockquote>
<figcaption class="meta"><bdi>${partner.name}</bdi></figcaption></figure>
`;
}

/** What explains the ask, the newest last. */
export function noteList(
  { notes = [], timeZone = 'UTC' }: CampaignContext & Pick<PublicAsk, 'timeZone'>,
  language: Language,
): Html | false {
  if (notes.length === 0) return false;
  const t = pageText(language);
  const day = new Intl.DateTimeFormat(dateLocale(language), { dateStyle: 'long', timeZone });
  const items = notes.map(
    ({ at, text }) =>
      html`<li><p class="meta"><time datetime="${at}">${day.format(new Date(at))}</time></p>${toParagraphs(text)}</li>\n`,
  );
  return html`<section aria-labelledby="notes"><h2 id="notes">${t('campaign.notes')}</h2>
<p class="hint">${t('campaign.notes.text')}</p>
<ol class="notes prose">${items}</ol>
</section>`;
}

/** Leads from a root to its chapters. */
export function chapterList(chapters: Chapter[] | undefined, language: Language): Html | false {
  if (!chapters || chapters.length === 0) return false;
  const t = pageText(language);
  const rows = chapters.map((chapter) => {
    const href = campaignPath(chapter.slug, { lang: chapter.language });
    return html`<li class="whole"><a href="${href}" lang="${chapter.language}" dir="${directionOf(chapter.language)}" hreflang="${chapter.language}">${chapter.title}</a></li>\n`;
  });
  return html`<section aria-labelledby="chapters"><h2 id="chapters">${t('campaign.chapters')}</h2>
${longList(t('campaign.chaptersCount', { count: rows.length }), rows)}
</section>`;
}

/** Paragraphs are divided by empty lines. */
export function toParagraphs(text: string): Html[] {
  return text.split(/\n\s*\n/).map((paragraph) => html`<p>${paragraph.trim()}</p>\n`);
}

/** Days of each year without their year, a leap year's so that there are all of them; others with it. */
function formatDays({ on, until }: NonNullable<CampaignContext['moment']>, language: Language): string {
  const isYearly = on.length === 'MM-DD'.length;
  const toDate = (day: string) => new Date(isYearly ? `2028-${day}` : day);
  const style = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  const format = new Intl.DateTimeFormat(
    dateLocale(language),
    isYearly ? style : { ...style, year: 'numeric' },
  );
  return until ? format.formatRange(toDate(on), toDate(until)) : format.format(toDate(on));
}
