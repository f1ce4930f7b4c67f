import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html } from './html.ts';
import { longList } from './long-list.ts';
import { countryName, formatCount } from './names.ts';
import { pageText } from './page-text.ts';
import { type Promised, pledgeText } from './pledge-text.ts';

/** An image of this very site, and its size in pixels. */
interface OrganisationLogo {
  url: string;
  width: number;
  height: number;
}

/** Organisations whose pledges, or endorsements, the campaign has verified. */
export interface ListedOrganisations {
  /** The newest of them, newest first. `country` is ISO 3166-1 alpha-2. */
  organisations: (Promised & {
    name: string;
    country: string;
    url?: string | undefined;
    logo?: OrganisationLogo | undefined;
  })[];
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

function toPledger({ name, country, logo, ...promise }: Listed, language: Language): Html {
  return html`<li><strong>${logo && toImage(logo)}<bdi>${name}</bdi></strong> <span><span class="line"><bdi>${pledgeText(promise, language)}</bdi></span><span class="meta">${countryName(country, language)}</span></span></li>\n`;
}

/** Where it leads was written by the organisation, and says nothing of what this site thinks of it. */
function toEndorser({ name, country, url, logo }: Listed, language: Language): Html {
  const named = html`<bdi>${name}</bdi>`;
  const link = url && html`<a href="${url}" rel="noopener nofollow ugc">${named}</a>`;
  return html`<li class="whole">${logo && toImage(logo)}<span><strong>${link || named}</strong> <span class="meta">${countryName(country, language)}</span></span></li>\n`;
}

/** As large as a logo is shown, in pixels of the page: a large one is made smaller, none larger. */
const most = { width: 120, height: 48 };

/** The name beside it says what it shows. Its size is told before it is there, so that nothing on the page moves. */
function toImage({ url, width, height }: OrganisationLogo): Html {
  const scale = Math.min(1, most.width / width, most.height / height);
  const [inline, block] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  return html`<img class="logo" src="${url}" alt="" width="${inline}" height="${block}" loading="lazy">`;
}
