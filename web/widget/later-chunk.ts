import type { WidgetKind } from '../../shared/kernel/action-kind.ts';
import { checkView, type StepView } from './check-view.ts';
import { closedNotice } from './closed-notice.ts';
import { type Context, explain, type Step } from './context.ts';
import { fromServer, renewConsents } from './refusal.ts';
import { shareView } from './share-view.ts';
import type { Texts } from './texts.ts';

/** Whoever bundles fills it in (infra/constructs/build-widget.ts). */
declare const CHUNK_TEXTS: Texts;

export const chunk = { texts: CHUNK_TEXTS, stepView, closedNotice, explain, fromServer, renewConsents };

/** What follows the form, if there is one, from where `go` leads back to it. */
function stepView(
  step: Step,
  context: Context,
  go: (step: Step, focused?: string) => void,
  form?: WidgetKind,
): StepView {
  const { sent } = context;
  if (sent && step === 'check')
    return checkView(
      context,
      sent,
      () => go(form ?? sent.kind, '#email'),
      () => go('share'),
    );
  const before = sent ? 'check' : form;
  return shareView(context, before && (() => go(before)));
}
