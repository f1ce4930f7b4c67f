import type { Frame, Page } from 'playwright-core';
import type { HostPage } from './a-host-site.ts';
import type { WatchOptions } from './a-watched-page.ts';
import type { EmbedCode, WidgetStage } from './a-widget-stage.ts';

/** A kind of page that the widget is put on. */
interface Host {
  /** Which of the snippets. @default 'script' */
  snippet?: 'script' | 'pinned' | 'iframe';
  page?: (origin: string) => Partial<HostPage>;
  options?: WatchOptions;
}

/** Nothing is allowed but scripts of the widget's origin, and to call it. */
const strictPolicy = (origin: string) => `default-src 'none'; script-src ${origin}; connect-src ${origin}`;

/** The snippet keeps room by an attribute, which such pages take no notice of: of nothing else of ours. */
const withoutStyles: WatchOptions = { expectedOnce: /^Applying inline style violates/ };

export const hosts = {
  plain: {},
  'strict CSP': { page: (origin) => ({ policy: strictPolicy(origin) }), options: withoutStyles },
  'trusted types': {
    page: (origin) => ({ policy: `${strictPolicy(origin)}; require-trusted-types-for 'script'` }),
    options: withoutStyles,
  },
  'hostile CSS': {
    page: () => ({
      head: `<style>* { all: unset !important }</style><style>html { font-size: 60px !important }
* { font-size: 40px !important; line-height: 3 !important; text-transform: uppercase !important; letter-spacing: .5em !important; color: red !important }
input, button, select, form, label { display: none !important; border: 9px dotted red !important }</style>`,
    }),
  },
  'right to left': { page: () => ({ language: 'ar', direction: 'rtl' }) },
  pinned: { snippet: 'pinned' },
  iframe: { snippet: 'iframe' },
  '320 px': { options: { viewport: { width: 320, height: 640 } } },
  'no JavaScript': { options: { javaScriptEnabled: false } },
} satisfies Record<string, Host>;

export type HostName = keyof typeof hosts;

/** Opens a page of that kind with a campaign's snippet on it, as the API gives it for this query. */
export async function openOn(
  stage: WidgetStage,
  name: HostName,
  query: Record<string, string>,
  options: WatchOptions = {},
): Promise<Page> {
  const { snippet = 'script', page, options: own }: Host = hosts[name];
  const code: EmbedCode = await stage.embedCode(query);
  return stage.openHost({ body: code[snippet], ...page?.(stage.url) }, { ...own, ...options });
}

/** Opens a page with the script on it, and no widget yet. */
export async function openScript(stage: WidgetStage): Promise<Page> {
  const { script } = await stage.embedCode();
  const [body = ''] = /<script[^>]*><\/script>/.exec(script) ?? [];
  const page = await stage.openHost({ body });
  await page.waitForFunction(() => customElements.get('groundswell-action') !== undefined);
  return page;
}

/** Where the form of the page is: in the page itself, or in the frame that it embeds. */
export async function placeOn(page: Page, name: HostName): Promise<Page | Frame> {
  const { snippet }: Host = hosts[name];
  if (snippet !== 'iframe') return page;
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  return frame ?? page;
}
