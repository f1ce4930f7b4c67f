import type { Language } from '../../shared/kernel/language.ts';
import { html } from './html.ts';
import { bareLayout, layout } from './layout.ts';
import { isTextKey, pageText } from './page-text.ts';

export interface MessagePage {
  language: Language;
  title: string;
  text: string;
  /** A way on; the home page by default. */
  link?: { href: string; text: string } | undefined;
}

/** One thing to say, and a way on. */
export function messagePage({ language, title, text, link }: MessagePage): string {
  const way = link ?? { href: `/?lang=${language}`, text: pageText(language)('outcome.home') };
  return layout({
    language,
    title,
    indexed: false,
    body: html`<div class="narrow card">
<h1>${title}</h1>
<p class="lead">${text}</p>
<p><a href="${way.href}">${way.text}</a></p>
</div>`,
  });
}

/** The same in the frame of another page, which has ways on of its own. */
export function framedMessage({ language, title, text }: Omit<MessagePage, 'link'>): string {
  return bareLayout({
    language,
    title,
    indexed: false,
    body: html`<div class="card"><h1>${title}</h1><p>${text}</p></div>`,
  });
}

/**
 * An outcome in the page's language, by its code: of a problem (`link-expired`, `not-found`, …), `withdrawn` or `erased`.
 * A code that has no text of its own is told by `detail`, which is English.
 */
export function outcomeText(language: Language, code: string, detail = ''): { title: string; text: string } {
  const t = pageText(language);
  const [title, text] = [`outcome.${code}.title`, `outcome.${code}.text`];
  if (isTextKey(title) && isTextKey(text)) return { title: t(title), text: t(text) };
  return { title: t('outcome.problem.title'), text: detail };
}
