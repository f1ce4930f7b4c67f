import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html, type Part } from './html.ts';
import { pageText } from './page-text.ts';
import { staticFile } from './static-file.ts';

/** A page's address for whoever is sent a link to it: no partner, source or token is in it. */
export interface PublicAddress {
  /** `https://…`, without a slash at the end. */
  site: string;
  /** The page in the language that its reader prefers. */
  path: string;
  /** Where other sites find the card that they may show in place of a link to it (oEmbed). */
  card?: string;
}

export interface PageMeta {
  language: Language;
  title: string;
  description?: string | undefined;
  /** The same page in its languages, this one included. */
  translations?: Array<{ language: Language; href: string }>;
  /** Pages that belong to one person, or to nobody, are kept out of search engines. */
  indexed?: boolean;
  /** Of a page that is there to be shared. */
  address?: PublicAddress | undefined;
}

/** What a page says of itself to search engines and to those who show a link to it. */
export function pageMeta(meta: PageMeta): Html {
  const { title, description, translations = [], indexed = true, address } = meta;
  const tags = [
    description && named('description', description),
    !indexed && named('robots', 'noindex'),
    property('og:title', title),
    description && property('og:description', description),
    // For search engines alone; and an address that is one person's may have a token in it.
    ...(indexed ? translations : []).map(({ language, href }) =>
      alternate(language, address ? hrefIn(language, address) : href),
    ),
    ...(address ? toPublic(meta, address) : []),
  ];
  return html`${tags.map((tag) => tag && html`${tag}\n`)}`;
}

function toPublic({ language, title, translations = [] }: PageMeta, address: PublicAddress): Part[] {
  const own = hrefIn(language, address);
  const others = translations.filter((each) => each.language !== language);
  return [
    html`<link rel="canonical" href="${own}">`,
    alternate('x-default', `${address.site}${address.path}`),
    address.card &&
      html`<link rel="alternate" type="application/json+oembed" href="${address.card}" title="${title}">`,
    property('og:type', 'website'),
    property('og:url', own),
    property('og:site_name', pageText(language)('site.name')),
    property('og:locale', localeOf(language)),
    ...others.map((each) => property('og:locale:alternate', localeOf(each.language))),
    ...toPicture(language, address),
  ];
}

/** One picture for all pages: what it shows needs no language. */
function toPicture(language: Language, { site }: PublicAddress): Part[] {
  return [
    property('og:image', `${site}${staticFile('card.png')}`),
    property('og:image:width', 1200),
    property('og:image:height', 630),
    property('og:image:alt', pageText(language)('site.name')),
    named('twitter:card', 'summary_large_image'),
  ];
}

function named(name: string, content: string): Html {
  return html`<meta name="${name}" content="${content}">`;
}

function property(name: string, content: string | number): Html {
  return html`<meta property="${name}" content="${content}">`;
}

function alternate(language: string, href: string): Html {
  return html`<link rel="alternate" hreflang="${language}" href="${href}">`;
}

function hrefIn(language: Language, { site, path }: PublicAddress): string {
  return `${site}${path}?lang=${language}`;
}

/** A language with the territory that most who write it live in, as the Open Graph protocol has it: `en_US`. */
function localeOf(language: Language): string {
  return `${language}_${new Intl.Locale(language).maximize().region}`;
}
