import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { type Html, html, toMarkup } from './html.ts';
import { nameOfLanguage } from './names.ts';
import { pageText } from './page-text.ts';
import { staticFile } from './static-file.ts';

export interface Layout {
  language: Language;
  title: string;
  body: Html;
  description?: string | undefined;
  /** Names of ES modules of this folder. */
  scripts?: string[];
  /** The same page in its languages, this one included. */
  translations?: Array<{ language: Language; href: string }>;
  /** Pages that belong to one person, or to nobody, are kept out of search engines. */
  indexed?: boolean;
}

/** A whole document around a page's body. Styles and scripts come from files only, as the strict CSP wants it. */
export function layout({ language, title, body, description, scripts = [], ...rest }: Layout): string {
  const t = pageText(language);
  return toMarkup(html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ${t('site.name')}</title>
${toMeta({ title, description, ...rest })}
<link rel="icon" type="image/svg+xml" href="${staticFile('icon.svg')}">
<link rel="stylesheet" href="${staticFile('style.css')}">
${scripts.map((name) => html`<script type="module" src="${staticFile(name)}"></script>\n`)}</head>
<body>
<a class="skip" href="#main">${t('site.skip')}</a>
<header class="site-header">
<div class="wrap">
<a class="site-name" href="/?lang=${language}" translate="no">${t('site.name')}</a>
${toSwitcher(language, rest.translations ?? [])}
</div>
</header>
<main id="main" class="wrap" tabindex="-1">
${body}
</main>
<footer class="site-footer"><div class="wrap"><p>${t('site.footer')}</p></div></footer>
</body>
</html>
`);
}

function toMeta({
  title,
  description,
  translations = [],
  indexed = true,
}: Pick<Layout, 'title' | 'description' | 'translations' | 'indexed'>): Html {
  return html`<meta property="og:title" content="${title}">
${
  description &&
  html`<meta name="description" content="${description}">
<meta property="og:description" content="${description}">`
}
${!indexed && html`<meta name="robots" content="noindex">`}
${translations.map(({ language, href }) => html`<link rel="alternate" hreflang="${language}" href="${href}">\n`)}`;
}

function toSwitcher(
  current: Language,
  translations: Array<{ language: Language; href: string }>,
): Html | false {
  if (translations.length < 2) return false;
  return html`<nav class="languages" aria-label="${pageText(current)('site.languages')}"><ul>
${translations.map(
  ({ language, href }) =>
    html`<li><a href="${href}" lang="${language}" dir="${directionOf(language)}" hreflang="${language}"${
      language === current && html` aria-current="true"`
    }>${nameOfLanguage(language)}</a></li>\n`,
)}</ul></nav>`;
}
