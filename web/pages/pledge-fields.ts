import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { hiddenField, optionList, radioField, selectField, textField } from './form-fields.ts';
import { type FormState, valueAt } from './form-state.ts';
import { type Html, html } from './html.ts';
import { currencyChoices } from './names.ts';

/** What of a pledge is asked in the form, in the order of the page. */
export function pledgeFieldNames(campaign: PublicAsk): string[] {
  const { money, support, conditions } = toOffer(campaign);
  return [
    ...(money && support ? ['type'] : []),
    ...(money ? ['majorAmount', 'currency', 'interval'] : []),
    ...(conditions.length > 0 ? ['condition[atLeast]'] : []),
    ...['pledger[type]', 'pledger[name]'],
  ];
}

/** What is promised, when it holds, and by whom: only what the campaign offers. */
export function pledgeFields(campaign: PublicAsk, form: FormState): Html {
  return html`${campaign.pledge && toPurpose(campaign.pledge, form)}
${toPromise(campaign, form)}
${toCondition(campaign, form)}
${toPledger(form)}`;
}

/** A campaign that says nothing of pledges takes those of money, without conditions. */
function toOffer({ pledge }: PublicAsk) {
  const types: string[] = pledge?.types ?? ['money'];
  const conditions = pledge?.conditions ?? [];
  return { money: types.includes('money'), support: types.includes('support'), conditions };
}

function toPurpose({ beneficiary, purpose }: NonNullable<PublicAsk['pledge']>, { t }: FormState): Html {
  return html`<dl class="purpose">
<div><dt>${t('pledge.beneficiary')}</dt><dd>${beneficiary}</dd></div>
<div><dt>${t('pledge.purpose')}</dt><dd>${purpose}</dd></div>
</dl>`;
}

/** Money, or backing without it; where a campaign takes both, with a word on each before it is chosen. */
function toPromise(campaign: PublicAsk, form: FormState): Html {
  const { t } = form;
  const { money, support } = toOffer(campaign);
  if (!support) return html`<p class="promise">${t('pledge.promise')}</p>${toMoney(campaign, form, true)}`;
  if (!money)
    return html`<p class="promise">${t('pledge.support.promise')}</p>${hiddenField('type', 'support')}`;
  return html`${radioField(form, {
    name: 'type',
    label: t('form.type'),
    initial: 'money',
    choices: [
      { value: 'money', label: t('form.type.money'), hint: t('pledge.promise') },
      { value: 'support', label: t('form.type.support'), hint: t('pledge.support.promise') },
    ],
  })}
<fieldset class="money"><legend>${t('form.type.money')}</legend>
${toMoney(campaign, form, false)}</fieldset>`;
}

/** Not required where there is a choice: a browser would wait for them also when they are not asked. */
function toMoney(campaign: PublicAsk, form: FormState, required: boolean): Html {
  const { t } = form;
  const asked = { required, conditional: !required };
  return html`${textField(form, { name: 'majorAmount', label: t('form.amount'), hint: amountHint(campaign, form), inputmode: 'decimal', maxlength: 20, dir: 'ltr', ...asked })}
${selectField(form, { name: 'currency', label: t('form.currency'), autocomplete: 'transaction-currency', options: currencyOptions(campaign, form), ...asked })}
${radioField(form, {
  name: 'interval',
  label: t('form.interval'),
  initial: 'once',
  choices: [
    { value: 'once', label: t('form.interval.once') },
    { value: 'monthly', label: t('form.interval.monthly') },
  ],
})}`;
}

function toCondition(campaign: PublicAsk, form: FormState): Html | false {
  const { t } = form;
  const { conditions } = toOffer(campaign);
  if (conditions.length === 0) return false;
  return radioField(form, {
    name: 'condition[atLeast]',
    label: t('form.condition'),
    initial: '',
    choices: [
      { value: '', label: t('form.condition.none') },
      ...conditions.map((count) => ({
        value: String(count),
        label: t('form.condition.atLeast', { count }),
      })),
    ],
  });
}

function toPledger(form: FormState): Html {
  const { t } = form;
  return html`${radioField(form, {
    name: 'pledger[type]',
    label: t('form.pledgerType'),
    initial: 'individual',
    choices: [
      { value: 'individual', label: t('form.pledgerType.individual') },
      { value: 'organisation', label: t('form.pledgerType.organisation') },
    ],
  })}
<div class="organisation-name">
${textField(form, { name: 'pledger[name]', label: t('form.pledgerName'), hint: t('form.pledgerName.hint'), autocomplete: 'organization', maxlength: 100, dir: 'auto', conditional: true })}
</div>`;
}

/** How to write an amount, and below it those that are suggested. */
function amountHint(campaign: PublicAsk, { t, language }: FormState): Html | string {
  // By the space without width a line may end before each amount, also after a comma that is followed by no space.
  const amounts = toSuggested(campaign).flatMap(([currency, list]) =>
    list.map((amount) => `\u200b${formatMoney(amount, currency, language)}`),
  );
  const hint = t('form.amount.hint');
  if (amounts.length === 0) return hint;
  const listed = new Intl.ListFormat(language, { type: 'disjunction' }).format(amounts);
  return html`${hint}<br>${t('form.amount.suggested', { amounts: listed })}`;
}

function currencyOptions(campaign: PublicAsk, form: FormState): Html {
  const { t, language } = form;
  const suggested = toSuggested(campaign).map(([currency]) => currency);
  const choices = currencyChoices(language);
  const chosen = valueAt(form, 'currency') || suggested[0] || '';
  const first = choices.filter(({ value }) => suggested.includes(value));
  const others = choices.filter(({ value }) => !suggested.includes(value));
  if (first.length === 0) return html`<option value=""></option>${optionList(others, chosen)}`;
  return html`<optgroup label="${t('form.currency.suggested')}">${optionList(first, chosen)}</optgroup><optgroup label="${t('form.currency.all')}">${optionList(others, chosen)}</optgroup>`;
}

/** Amounts by currency, in the order of the codes: the database keeps none. */
function toSuggested({ pledge }: PublicAsk): Array<[currency: string, amounts: number[]]> {
  return Object.entries(pledge?.suggested ?? {})
    .map(([currency, amounts = []]): [string, number[]] => [currency, amounts])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
