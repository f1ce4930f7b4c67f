import type { StepView } from './check-view.ts';
import { announce, type Context, listed } from './context.ts';
import { h } from './h.ts';

/** Milliseconds without a text, after which screen readers take the same text as news. */
const pause = 100;
/** Rejections of `navigator.share` that the reader knows of: closed by them, or open already (Web Share API). */
const inHand = ['AbortError', 'InvalidStateError'];

/** Ways to ask others, each with a code of its own, so that the tally can say where people come from. */
export function shareView({ campaign, tell, origin, host, sent }: Context, back?: () => void): StepView {
  const { title, slug, language, sources, partners } = campaign;
  const text = tell('confirmed.message', { campaign: title });
  const news = h('p', { role: 'status' });
  const done = (channel: string) => announce(host, 'shared', { channel });

  function linkFor(channel: string): string {
    const source = sources.includes(`share-${channel}`) ? `&source=share-${channel}` : '';
    const partner = listed(host, 'partner', partners);
    return `${origin}/c/${slug}?lang=${language}${source}${partner ? `&partner=${partner}` : ''}`;
  }

  /** Emptied first, so that the same is said again. */
  async function copy(): Promise<void> {
    const value = linkFor('link');
    news.textContent = '';
    try {
      await navigator.clipboard.writeText(value);
      await new Promise((done) => setTimeout(done, pause));
      news.textContent = tell('confirmed.copied');
    } catch {
      const field = h('input:input', {
        readonly: true,
        dir: 'ltr',
        value,
        'aria-label': tell('confirmed.copy'),
      });
      news.replaceChildren(field);
      field.select();
    }
    done('link');
  }

  /** Whoever closes the list of apps shares with none. Frames that may not show it (NotAllowedError) have the link. */
  async function choose(): Promise<void> {
    try {
      await navigator.share({ title, text, url: linkFor('app') });
      done('app');
    } catch (error) {
      if (!inHand.includes((error as Error).name)) await copy();
    }
  }

  const link = (channel: string, label: string, href: string) =>
    h(
      'a:button-second',
      {
        href: href + encodeURIComponent(`${text} ${linkFor(channel)}`),
        target: channel === 'whatsapp' && '_blank',
        click: () => done(channel),
      },
      label,
    );
  const element = h(
    'div:step',
    h('h3', { tabindex: -1 }, tell('check.share')),
    h('p', text),
    'share' in navigator && h('button:button', { click: choose }, tell('confirmed.native')),
    h('button:button-second', { click: copy }, tell('confirmed.copy')),
    news,
    link('email', tell('confirmed.email'), `mailto:?subject=${encodeURIComponent(title)}&body=`),
    link('whatsapp', tell('confirmed.whatsapp'), 'https://wa.me/?text='),
    back && h('button:link', { click: back }, tell(sent ? 'check.title' : 'widget.back')),
  );
  return { element };
}
