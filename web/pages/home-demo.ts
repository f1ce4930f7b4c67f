import type { CampaignSummary } from '../../functions/campaigns/campaign.ts';
import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { actionWidget } from './action-widget.ts';
import { campaignAsk, scriptCode } from './embed-code.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page-text.ts';

/** A page of somebody else, as small as it can be shown: its looks are in the stylesheet, by its name. */
interface Host {
  name: 'light' | 'dark' | 'rtl' | 'narrow';
  language: Language;
  theme?: 'light' | 'dark';
}

export interface HomeDemo {
  language: Language;
  campaign: CampaignSummary;
  /** Address of the site, without a slash at its end. */
  site: string;
}

/** The widget as it stands on partners' pages, and the lines that put it there. */
export function homeDemo(demo: HomeDemo): Html {
  const { language, campaign, site } = demo;
  const t = pageText(language);
  const ways = `/v1/campaigns/${encodeURIComponent(campaign.slug)}/embed?lang=${campaign.language}`;
  return html`<section aria-labelledby="demo">
<h2 id="demo">${t('home.demo')}</h2>
<p class="prose">${t('home.demo.text')}</p>
<div class="hosts">
${hostsOf(campaign).map((host) => toHost(host, demo))}</div>
<h3>${t('home.demo.code')}</h3>
<pre class="code" dir="ltr"><code>${scriptCode({ site, campaign, options: {} }).trim()}</code></pre>
<p><a href="${ways}">${t('home.demo.ways')}</a></p>
</section>`;
}

/** Arabic stands for what is written from right to left; where the campaign does not have it, another such language. */
function hostsOf({ language, languages }: CampaignSummary): Host[] {
  const fromRight = languages.filter((each) => directionOf(each) === 'rtl');
  const rtl = fromRight.find((each) => each === 'ar') ?? fromRight[0];
  return [
    { name: 'light', language, theme: 'light' },
    { name: 'dark', language, theme: 'dark' },
    ...(rtl ? [{ name: 'rtl', language: rtl, theme: 'light' } as const] : []),
    { name: 'narrow', language, theme: 'light' },
  ];
}

function toHost(host: Host, { language, campaign, site }: HomeDemo): Html {
  const { name, language: lang, theme } = host;
  const embedded = { site, campaign, options: { lang, theme } };
  return html`<figure class="host ${name}"><figcaption>${pageText(language)(`home.demo.${name}`)}</figcaption>
<div class="host-page" lang="${lang}" dir="${directionOf(lang)}">${actionWidget(embedded, campaignAsk(embedded))}</div></figure>
`;
}
