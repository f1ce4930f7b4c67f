import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html } from './html.ts';
import { longList } from './long-list.ts';
import { countryName, formatCount } from './names.ts';
import { pageText } from './page-text.ts';
import { type Promised, pledgeText } from './pledge-text.ts';

/** Organisations whose pledges, or endorsements, the campaign has verified. */
export interface ListedOrganisations {
  /** The newest of them, newest first. `country` is ISO 3166-1 alpha-2. */
  organisations: (Promised & { name: string; country: string; url?: string | undefined })[];
  /** How many there are in all. */
  total: number;
}

/** Who they are, and what they promise if they pledge; nothing while there are none. */
export function campaignOrganisations(
  { organisations, total }: ListedOrganisations,
  kind: 'organisations' | 'endorsers',
  language: Language,
): Html | false {
  if (organisations.length === 0) return false;
  const t = pageText(language);
  const shown = organisations.length;
  const newest = { number: formatCount(shown, language), count: formatCount(total, language) };
  return html`<section aria-labelledby="${kind}"><h2 id="${kind}">${t(`campaign.${kind}`)}</h2>
<p class="meta">${t(`campaign.${kind}.note`)}${total > shown && ` ${t('campaign.organisations.newest', newest)}`}</p>
${longList(
  t('campaign.organisations.count', { count: shown }),
  organisations.map((each) => (kind === 'endorsers' ? toEndorser : toPledger)(each, language)),
)}
</section>
`;
}

type Listed = ListedOrganisations['organisations'][number];

function toPledger({ name, country, ...promise }: Listed, language: Language): Html {
  return html`<li><strong><bdi>${name}</bdi></strong> <span><span class="line"><bdi>${pledgeText(promise, language)}</bdi></span><span class="meta">${countryName(country, language)}</span></span></li>\n`;
}

/** Where it leads was written by the organisation, and says nothing of what this site thinks of it. */
function toEndorser({ name, country, url }: Listed, language: Language): Html {
  const named = html`<bdi>${name}</bdi>`;
  const link = url && html`<a href="${url}" rel="noopener nofollow ugc">${named}</a>`;
  return html`<li class="whole"><strong>${link || named}</strong> <span class="meta">${countryName(country, language)}</span></li>\n`;
}
