import type { PublicLetterState } from '../../functions/letters/letter-proof.ts';
import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { campaignOrganisations, type ListedOrganisations } from './campaign-organisations.ts';
import { type Html, html } from './html.ts';
import { longList } from './long-list.ts';
import { countryName, formatDay } from './names.ts';
import { pageText } from './page-text.ts';

export interface CampaignRecord {
  language: Language;
  /** Names or initials of those who chose to be shown, the newest first. */
  signers?: string[] | undefined;
  /** Those that have pledged, and those that endorse the ask. */
  organisations?: ListedOrganisations | undefined;
  endorsers?: ListedOrganisations | undefined;
  /** `url` is one of the web. */
  partners?: { name: string; url?: string }[] | undefined;
  letters?: PublicLetterState[] | undefined;
}

/** Who takes part in a campaign, and what became of its letters: each only when there is something to show. */
export function campaignRecord(record: CampaignRecord): Html {
  const { endorsers, organisations, language } = record;
  return html`${toSigners(record)}${endorsers && campaignOrganisations(endorsers, 'endorsers', language)}${organisations && campaignOrganisations(organisations, 'organisations', language)}${toLetters(record)}${toPartners(record)}`;
}

function toSigners({ language, signers = [] }: CampaignRecord): Html | false {
  if (signers.length === 0) return false;
  const t = pageText(language);
  return html`<section aria-labelledby="signers"><h2 id="signers">${t('campaign.signers')}</h2>
<ul class="names">${signers.map((name) => html`<li><bdi>${name}</bdi></li>\n`)}</ul>
<p class="meta">${t('campaign.signers.note')}</p>
</section>
`;
}

function toPartners({ language, partners = [] }: CampaignRecord): Html | false {
  if (partners.length === 0) return false;
  return html`<section aria-labelledby="partners"><h2 id="partners">${pageText(language)('campaign.partners')}</h2>
<ul class="names">${partners.map(
    ({ name, url }) =>
      html`<li>${url ? html`<a href="${url}" rel="noopener"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`}</li>\n`,
  )}</ul>
</section>
`;
}

function toLetters({ language, letters = [] }: CampaignRecord): Html | false {
  if (letters.length === 0) return false;
  const t = pageText(language);
  const rows = inOrder(letters, language).map((letter) => toLetter(letter, language));
  return html`<section aria-labelledby="letters"><h2 id="letters">${t('campaign.letters')}</h2>
<p class="meta">${t('campaign.letters.text')}</p>
${longList(t('campaign.letters.count', { count: rows.length }), rows)}
</section>
`;
}

/** An office is named in the language of its letter. */
function toLetter({ country, office, language, ...letter }: PublicLetterState, shownIn: Language): Html {
  const state = pageText(shownIn)(`letter.state.${letter.state}`, { date: formatDay(letter.since, shownIn) });
  return html`<li><strong>${countryName(country, shownIn)}</strong> <span><span class="line"><bdi lang="${language}" dir="${directionOf(language)}">${office}</bdi></span><span class="meta">${state}</span></span></li>\n`;
}

/** Those of the newest day first, and of a day by country. */
function inOrder(letters: PublicLetterState[], language: Language): PublicLetterState[] {
  const { compare } = new Intl.Collator(language);
  const nameOf = ({ country }: PublicLetterState) => countryName(country, language);
  return letters.toSorted((a, b) => b.date.localeCompare(a.date) || compare(nameOf(a), nameOf(b)));
}
