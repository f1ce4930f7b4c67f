import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import { isWidgetKind } from '../../shared/kernel/action-kind.ts';
import { actionForm } from './action-form.ts';
import { actionWidget } from './action-widget.ts';
import type { FormState } from './form-state.ts';
import { type Html, html } from './html.ts';
import { formatDay } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

export interface CampaignForms {
  campaign: PublicAsk;
  /** In the order of the page; the first one is open. */
  forms: FormState[];
  /** Whether the widget takes the place of the forms that it has, too, where there are scripts. */
  withWidget: boolean;
  /** Where the forms are answered, if not in place of the page. */
  target?: '_blank';
}

/** The forms to take part, complete without scripts; or why there are none. */
export function campaignForms({ campaign, forms, withWidget, target }: CampaignForms): Html {
  if (campaign.status !== 'live') return toClosed(campaign, pageText(campaign.language));
  const cards = forms.map((form, at) => ({
    kind: form.kind,
    card: toCard(campaign, form, at === 0, target),
  }));
  const others = cards.filter(({ kind }) => !isWidgetKind(kind)).map(({ card }) => card);
  const twins = cards.filter(({ kind }) => isWidgetKind(kind)).map(({ card }) => card);
  if (!withWidget) return html`${cards.map(({ card }) => card)}`;
  const { partner, source } = forms[0]?.values ?? {};
  const options = {
    lang: campaign.language,
    kinds: forms.map(({ kind }) => kind).filter(isWidgetKind),
    partner: knownIn(campaign.partners, partner),
    source: knownIn(campaign.sources, source),
  };
  const widget = actionWidget({ campaign, options }, html`${twins}`);
  return forms[0]?.kind === 'endorsement' ? html`${others}${widget}` : html`${widget}${others}`;
}

/** The form that the reader came for is open; another waits behind its title. */
function toCard(campaign: PublicAsk, form: FormState, isOpen: boolean, target?: '_blank'): Html {
  const { kind, t } = form;
  const title = html`<h2>${t(`${kind}.title`)}</h2>`;
  const content = actionForm(campaign, form, target);
  return html`<section class="card" id="${kind}">${
    isOpen ? html`${title}${content}` : html`<details><summary>${title}</summary>${content}</details>`
  }</section>
`;
}

function knownIn(list: string[], code: unknown): string | undefined {
  return list.find((each) => each === code);
}

function toClosed({ status, opensAt, timeZone, language }: PublicAsk, t: PageText): Html {
  const state =
    status === 'paused' ? 'paused' : status === 'closed' || status === 'archived' ? 'closed' : 'scheduled';
  return html`<section class="card notice"><h2>${t(`campaign.${state}.title`)}</h2>
<p>${t(`campaign.${state}.text`, { date: formatDay(opensAt, language, { timeZone }) })}</p></section>`;
}
