import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { WidgetKind } from '../../shared/kernel/action-kind.ts';
import { poll } from '../live/poll.ts';
import { ask, type Reply } from './ask.ts';
import type { Context } from './context.ts';
import { h } from './h.ts';
import type { WidgetTextKey } from './text-keys.ts';

/** The count and the way to the next goal; read again while it can be seen, and shown as it was counted. */
export function tallyView(context: Context, kinds: WidgetKind[]) {
  const { campaign, tell, api } = context;
  let { first } = context;
  const element = h('div:tally');
  let inView = false;

  /** The number stands out of its sentence. */
  function toSentence(key: WidgetTextKey, count: number): HTMLElement {
    const number = count.toLocaleString(campaign.language);
    const [before, after] = tell(key, { count }).split(number);
    // Some languages say one and two by a word.
    return h('p:count', before, after !== undefined && h('strong', number), after);
  }

  function show({ asOf, signatures: { total }, pledges, goals: { next } }: PublicTally): void {
    const counts = kinds.map((kind) =>
      kind === 'pledge'
        ? toSentence('widget.pledges', pledges.total)
        : toSentence('widget.signatures', total),
    );
    element.replaceChildren(...(asOf ? counts : [h('p:count', tell('tally.first'))]));
    if (next && kinds.includes('signature')) {
      const progress = h('progress:progress', { max: next, value: Math.min(total, next) });
      element.append(h('label:goal', progress, tell('tally.goal', { goal: next })));
    }
  }

  async function read(): Promise<number | undefined> {
    const { body } = await (first ?? askTally(api, context.stop));
    first = undefined;
    if (body) show(body);
    return body?.pollAfter;
  }

  const plan = poll(read, () => inView && !document.hidden && !context.stop.aborted);
  return {
    element,
    /** Until the element leaves the page. */
    follow(): void {
      const { stop } = context;
      const observer = new IntersectionObserver((entries) => {
        inView = !!entries.pop()?.isIntersecting;
        plan();
      });
      observer.observe(element);
      document.addEventListener('visibilitychange', plan, { signal: stop });
      stop.addEventListener('abort', () => {
        observer.disconnect();
        plan();
      });
    },
  };
}

export function askTally(api: string, stop: AbortSignal): Promise<Reply<PublicTally>> {
  return ask(`${api}/tally`, stop, { cache: 'no-cache' });
}
