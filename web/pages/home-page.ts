import type { CampaignSummary } from '../../functions/campaigns/campaign.ts';
import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { widgetScript } from './action-widget.ts';
import { campaignPath } from './address.ts';
import { homeDemo } from './home-demo.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { formatLastDay } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

export interface HomePage {
  language: Language;
  /** Those that are live, each in the language closest to the reader's. */
  campaigns: CampaignSummary[];
  /** Languages that the page is offered in. */
  languages: readonly Language[];
  /** Address of the site, without a slash at its end. */
  site: string;
}

/** What this is, what is open, and how it looks on the pages of others. */
export function homePage({ language, campaigns, languages, site }: HomePage): string {
  const t = pageText(language);
  const [newest] = campaigns;
  return layout({
    language,
    title: t('home.title'),
    description: t('home.description'),
    scripts: newest ? [widgetScript] : [],
    styles: ['demo.css'],
    address: { site, path: '/' },
    translations: languages.map((each) => ({ language: each, href: `/?lang=${each}` })),
    body: html`<div class="hero"><div class="hero-text">
<h1>${t('home.title')}</h1>
<p class="lead">${t('home.description')}</p>
</div></div>
<section aria-labelledby="campaigns">
<h2 id="campaigns">${t('home.campaigns')}</h2>
${campaigns.length === 0 && html`<p>${t('home.none')}</p>`}
<ul class="cards">${campaigns.map((campaign) => toCard(campaign, language, t))}</ul>
</section>
<section aria-labelledby="how">
<h2 id="how">${t('home.how')}</h2>
<ol class="steps">
<li><h3>${t('home.step1.title')}</h3><p>${t('home.step1.text')}</p></li>
<li><h3>${t('home.step2.title')}</h3><p>${t('home.step2.text')}</p></li>
<li><h3>${t('home.step3.title')}</h3><p>${t('home.step3.text')}</p></li>
</ol>
</section>
${newest && homeDemo({ language, campaign: newest, site })}
${toCampaigners(language, t)}`,
  });
}

/** Where they sign in, and what they do it all by. The description of the API is in English. */
function toCampaigners(language: Language, t: PageText): Html {
  return html`<p class="meta"><a href="/dashboard?lang=${language}">${t('dashboard.title')}</a> · <a href="/docs" hreflang="en">${t('home.api')}</a></p>`;
}

/** The campaign's texts may be in another language than the page around them. */
function toCard(campaign: CampaignSummary, language: Language, t: PageText): Html {
  const { slug, title, summary, owner, closesAt, timeZone } = campaign;
  const href = campaignPath(slug, { lang: campaign.language });
  return html`<li class="card">
<div lang="${campaign.language}" dir="${directionOf(campaign.language)}">
<h3><a class="card-link" href="${href}">${title}</a></h3>
<p>${summary}</p>
</div>
<p class="meta"><bdi>${t('campaign.by', { owner: owner.name })}</bdi>${
    closesAt && html`<br>${t('campaign.until', { date: formatLastDay(closesAt, language, { timeZone }) })}`
  }</p>
<p class="card-more" aria-hidden="true">${t('home.read')}</p>
</li>
`;
}
