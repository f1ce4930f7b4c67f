import type { LetterProof } from '../../functions/letters/letter-proof.ts';
import { directionOf, languages } from '../../shared/kernel/language.ts';
import { campaignPath } from './address.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { letterFigures } from './letter-figures.ts';
import { fileCheckScript, letterFile } from './letter-file.ts';
import { letterForm } from './letter-form.ts';
import { countryName, formatCount, formatDay, languageName } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

/** That a letter is ours, what it says, what is counted now, and how its file can be checked: for whoever holds it. */
export function letterProofPage(proof: LetterProof): string {
  const { language, number } = proof;
  const t = pageText(language);
  return layout({
    language,
    title: t('letter.pageTitle', { number }),
    scripts: [fileCheckScript],
    translations: languages.map((each) => ({ language: each, href: `/letters/${number}?lang=${each}` })),
    indexed: false,
    body: html`<h1>${t('letter.title')}</h1>
<p class="lead">${t('letter.lead')}</p>
<div class="proof">
${toCard('facts', t('letter.facts'), headOf(proof, t))}
${letterFigures(proof)}
${toCard('about', t('letter.about'), storyOf(proof, t))}
</div>
${letterFile(proof)}
<section class="narrow" aria-labelledby="find"><h2 id="find">${t('letter.find.another')}</h2>
${letterForm(language)}
</section>
<p class="meta"><a href="/letters/${number}?format=json&amp;lang=${language}">${t('count.json')}</a></p>`,
  });
}

type Fact = [name: string, value: Html | string];

/** What stands at the head of the letter. */
function headOf({ language, number, date, office, organisations }: LetterProof, t: PageText): Fact[] {
  return [
    [t('letter.number'), html`<strong class="number" dir="ltr">${number}</strong>`],
    [t('letter.date'), formatDay(date, language)],
    [t('letter.office'), toLines([office.name, countryName(office.country, language)])],
    [t('letter.from'), toLines(organisations)],
  ];
}

/** Why it was written, and what became of it. */
function storyOf({ language, campaign, letterLanguage, ...proof }: LetterProof, t: PageText): Fact[] {
  const day = formatDay(proof.stateSince, language);
  return [
    [
      t('letter.campaign'),
      html`<a href="${campaignPath(campaign.slug, { lang: language })}" lang="${campaign.language}" dir="${directionOf(campaign.language)}">${campaign.title}</a>`,
    ],
    [t('letter.occasion'), toOccasion(proof.occasion, language, t)],
    [t('letter.language'), languageName(letterLanguage, language)],
    [t('letter.state'), t(`letter.state.${proof.state}`, { date: day })],
  ];
}

function toOccasion(
  { scope, threshold }: LetterProof['occasion'],
  language: LetterProof['language'],
  t: PageText,
): string {
  const goal = formatCount(threshold, language);
  if (scope === 'world') return t('letter.occasion.world', { goal });
  return t('letter.occasion.country', { goal, country: countryName(scope, language) });
}

function toCard(id: string, title: string, facts: Fact[]): Html {
  return html`<section class="card ${id}" aria-labelledby="${id}"><h2 id="${id}" class="quiet">${title}</h2>
<dl class="stored">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl></section>`;
}

/** Names may be in another script than the page. */
function toLines(names: string[]): Html {
  return html`${names.map((name) => html`<span class="line"><bdi>${name}</bdi></span>\n`)}`;
}
