import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html } from './html.ts';
import { countryName } from './names.ts';
import { pageText } from './page-text.ts';

export interface Care {
  language: Language;
  /** Where stories of lived experience are collected, and by whom. */
  stories?: { url: string; owner: string } | undefined;
  /** ISO 3166-1 alpha-2, as the supporter gave it. */
  country?: string | undefined;
}

/** A list of helplines by country, kept by people who check them (ThroughLine). */
const helplines = 'https://findahelpline.com';

/** An invitation to tell one's own story, where stories are collected; and, always, where to find help. */
export function care({ language, stories, country }: Care): Html {
  const t = pageText(language);
  return html`<section class="card care"${stories && html` aria-labelledby="story"`}>
${stories && toInvitation(stories, language)}<p>${t('story.care')}</p>
<ul class="ways">
${country && toHelp(`${helplines}/countries/${country.toLowerCase()}`, t('story.help.country', { country: countryName(country, language) }))}${toHelp(`${helplines}/`, t('story.help'))}</ul>
<p class="meta">${t('story.danger')}</p>
</section>`;
}

function toInvitation({ url, owner }: NonNullable<Care['stories']>, language: Language): Html {
  const t = pageText(language);
  return html`<h2 id="story">${t('story.title')}</h2>
<p>${t('story.text', { owner })}</p>
<p><a class="button second" href="${url}" target="_blank" rel="noopener noreferrer">${t('story.link')}</a></p>
`;
}

function toHelp(href: string, text: string): Html {
  return html`<li><a href="${href}" rel="noopener noreferrer">${text}</a></li>\n`;
}
