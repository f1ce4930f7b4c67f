import type { ActionKind, WidgetKind } from '../../shared/kernel/action-kind.ts';
import type { StepView } from './check-view.ts';
import { chunkOf, soon } from './chunks.ts';
import type { Context, Sent, Step } from './context.ts';
import { formView } from './form-view.ts';
import { h } from './h.ts';
import { tallyView } from './tally-view.ts';
import { writtenIn } from './texts.ts';

export type ActionView = ReturnType<typeof actionView>;

/** All that the element shows of a campaign: the ask, the count, and the step that the reader is at. */
export function actionView(context: Context) {
  const { campaign, tell, origin, host } = context;
  const { language, slug, title, summary, owner, status, text } = campaign;
  const kinds = kindsOf(campaign.kinds, host.getAttribute('kind'));
  const tally = tallyView(context, kinds);
  const form = status === 'live' ? formView(context, kinds, whenSent) : undefined;
  const ground = h('div:step', form?.element);
  const main = h('div:main', ground);
  let above: StepView | undefined;
  let later: Step | undefined;

  const card = h(
    'div:card',
    writtenIn(language),
    h(
      'div:head',
      h('p:hint', tell('campaign.by', { owner: owner.name })),
      h('h2:title', title),
      h('p:summary', summary),
      h(
        'details:text',
        h('summary', tell('widget.read')),
        text.split(/\n\s*\n/).map((paragraph) => h('p', paragraph)),
      ),
      tally.element,
      h(
        'p:footer',
        h('a:link', { href: `${origin}/c/${slug}?lang=${language}`, target: '_top' }, tell('widget.page')),
      ),
    ),
    main,
  );

  function whenSent(sent: Sent): Promise<void> {
    context.sent = sent;
    return go('check');
  }

  function has(wanted: string): boolean {
    return (
      wanted === 'share' ||
      (wanted === 'check' ? !!context.sent : !!form && kinds.includes(wanted as WidgetKind))
    );
  }

  /** The form stays, unseen: what is typed is kept. */
  async function go(wanted: Step, focused = '[tabindex],:checked'): Promise<void> {
    const next = kinds.includes(wanted as WidgetKind) ? undefined : wanted;
    later = next;
    const chunk = next && (await chunkOf('later', soon));
    // Somebody has gone elsewhere meanwhile.
    if (later !== next) return;
    above?.element.remove();
    above = next && (chunk?.stepView(next, context, go, form?.kind) ?? bareStep(next));
    if (!above) await form?.show(wanted);
    ground.toggleAttribute('hidden', !!above);
    // The room that was kept for the form.
    host.style.minHeight = '0';
    if (above) main.append(above.element);
    (above?.element ?? ground).querySelector<HTMLElement>(focused)?.focus();
  }

  /** What was sent is not to be sent again because of what could not be loaded after that. */
  function bareStep(step: Step): StepView {
    const isCheck = step === 'check';
    return {
      element: h(
        'div:step',
        h('h3', { tabindex: -1 }, tell(isCheck ? 'check.title' : 'failure.unreachable')),
        isCheck && h('p', tell('check.to'), h('br'), h('strong', { dir: 'ltr' }, context.sent?.email)),
        h('button:button', { click: () => go(step) }, tell('failure.retry')),
      ),
    };
  }

  return {
    context,
    card,
    form,
    has,
    go,
    get step() {
      return later ?? form?.kind;
    },
    /** Resolves to whether what it begins with can be shown. */
    async begin(): Promise<boolean> {
      if (form) return form.show('');
      const notice = (await chunkOf('later'))?.closedNotice(context);
      if (notice) ground.append(notice);
      return !!notice;
    },
    /** Also after the element was put back. */
    start(stop: AbortSignal): void {
      context.stop = stop;
      tally.follow();
      above?.start?.();
    },
  };
}

/** Those that the attribute names and the campaign has, in the attribute's order; else all. Organisations sign elsewhere. */
function kindsOf(kinds: ActionKind[], wanted: string | null): WidgetKind[] {
  const offered = kinds.filter((kind) => kind !== 'endorsement');
  const named = [...new Set((wanted ?? '').split(/\s+/))].filter((kind) =>
    offered.includes(kind as WidgetKind),
  );
  return named[0] ? (named as WidgetKind[]) : offered;
}
