import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { type Html, html, toMarkup } from './html.ts';
import { nameOfLanguage } from './names.ts';
import { type PageMeta, pageMeta } from './page-meta.ts';
import { pageText } from './page-text.ts';
import { staticFile } from './static-file.ts';

export interface Layout extends PageMeta {
  body: Html;
  /** Names of ES modules of this folder, or `widget.js`. */
  scripts?: string[];
  /** Names of stylesheets of this folder, beside that of all pages. */
  styles?: string[];
}

/** A whole document around a page's body. Styles and scripts come from files only, as the strict CSP wants it. */
export function layout(page: Layout): string {
  const { language, body, translations = [] } = page;
  const t = pageText(language);
  return toDocument(
    page,
    ['style.css', ...(page.styles ?? [])],
    html`<a class="skip" href="#main">${t('site.skip')}</a>
<header class="site-header">
<div class="wrap">
<a class="site-name" href="/?lang=${language}" translate="no">${t('site.name')}</a>
${toSwitcher(language, translations)}
</div>
</header>
<main id="main" class="wrap" tabindex="-1">
${body}
</main>
<footer class="site-footer"><div class="wrap"><p>${t('site.footer')}</p></div></footer>`,
  );
}

/** The same with nothing around the body, for a page that others have in a frame: it tells them how tall it is. */
export function bareLayout({ scripts = [], ...page }: Layout): string {
  const withHeight = { ...page, scripts: [...scripts, 'embed.js'] };
  return toDocument(withHeight, ['style.css', 'embed.css'], html`<main>${page.body}</main>`);
}

function toDocument(page: Layout, styles: string[], body: Html): string {
  const { language, title, scripts = [] } = page;
  return toMarkup(html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ${pageText(language)('site.name')}</title>
${pageMeta(page)}<link rel="icon" type="image/svg+xml" href="${staticFile('icon.svg')}">
${styles.map((name) => html`<link rel="stylesheet" href="${staticFile(name)}">\n`)}${scripts.map((name) => html`<script type="module" src="${staticFile(name)}"></script>\n`)}</head>
<body>
${body}
</body>
</html>
`);
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
