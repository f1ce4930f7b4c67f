import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { consentField, hiddenField, optionList, radioField, selectField, textField } from './form-fields.ts';
import { type FormState, valueAt } from './form-state.ts';
import { type Html, html } from './html.ts';
import { countryChoices, currencyChoices } from './names.ts';

/** Names of a form's fields, in their order on the page. They mirror the JSON body by brackets, but for `majorAmount`. */
export function fieldNames(campaign: PublicAsk, kind: ActionKind): string[] {
  const pledge = ['majorAmount', 'currency', 'interval', 'pledger[type]', 'pledger[name]'];
  const person = ['givenName', 'familyName', 'email', 'country', 'postalCode', 'display'];
  const consents = campaign.consents.map((_, at) => `consents[${at}][granted]`);
  return [...(kind === 'pledge' ? pledge : []), ...person, ...consents];
}

/** The form of one kind of action: plain HTML, answered by a page. */
export function actionForm(campaign: PublicAsk, form: FormState): Html {
  const { kind, t } = form;
  const action = `/c/${encodeURIComponent(campaign.slug)}/${kind === 'pledge' ? 'pledges' : 'signatures'}`;
  return html`<form class="action" method="post" action="${action}" accept-charset="utf-8">
${kind === 'pledge' && toPledgeFields(campaign, form)}
${toPersonFields(form)}
<fieldset class="consents"><legend>${t('form.consents')}</legend>
${campaign.consents.map((consent, at) => toConsent(consent, at, form))}</fieldset>
${hiddenField('language', campaign.language)}${toOrigin(campaign, form)}
<p class="next">${t(`${kind}.intro`)}</p>
<button class="button wide" type="submit">${t(`${kind}.submit`)}</button>
<p class="meta">${t('form.data')}</p>
</form>`;
}

function toPersonFields(form: FormState): Html {
  const { t, language } = form;
  return html`<div class="pair">
${textField(form, { name: 'givenName', label: t('form.givenName'), autocomplete: 'given-name', maxlength: 100, dir: 'auto', required: true })}
${textField(form, { name: 'familyName', label: t('form.familyName'), autocomplete: 'family-name', maxlength: 100, dir: 'auto', required: true })}
</div>
${textField(form, { name: 'email', label: t('form.email'), hint: t('form.email.hint'), type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254, dir: 'ltr', required: true })}
${selectField(form, {
  name: 'country',
  label: t('form.country'),
  autocomplete: 'country',
  required: true,
  options: html`<option value="">${t('form.country.choose')}</option>${optionList(countryChoices(language), valueAt(form, 'country'))}`,
})}
<div class="short">${textField(form, { name: 'postalCode', label: t('form.postalCode'), autocomplete: 'postal-code', maxlength: 12, dir: 'ltr' })}</div>
${radioField(form, {
  name: 'display',
  label: t('form.display'),
  initial: 'anonymous',
  choices: [
    { value: 'anonymous', label: t('form.display.anonymous') },
    { value: 'initials', label: t('form.display.initials') },
    { value: 'name', label: t('form.display.name') },
  ],
})}`;
}

function toPledgeFields(campaign: PublicAsk, form: FormState): Html {
  const { t } = form;
  return html`${campaign.pledge && toPurpose(campaign.pledge, form)}
<p class="promise">${t('pledge.promise')}</p>
${textField(form, { name: 'majorAmount', label: t('form.amount'), hint: amountHint(campaign, form), inputmode: 'decimal', maxlength: 20, dir: 'ltr', required: true })}
${selectField(form, { name: 'currency', label: t('form.currency'), autocomplete: 'transaction-currency', required: true, options: currencyOptions(campaign, form) })}
${radioField(form, {
  name: 'interval',
  label: t('form.interval'),
  initial: 'once',
  choices: [
    { value: 'once', label: t('form.interval.once') },
    { value: 'monthly', label: t('form.interval.monthly') },
  ],
})}
${radioField(form, {
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

function toPurpose({ beneficiary, purpose }: NonNullable<PublicAsk['pledge']>, { t }: FormState): Html {
  return html`<dl class="purpose">
<div><dt>${t('pledge.beneficiary')}</dt><dd>${beneficiary}</dd></div>
<div><dt>${t('pledge.purpose')}</dt><dd>${purpose}</dd></div>
</dl>`;
}

function amountHint({ pledge }: PublicAsk, { t, language }: FormState): string {
  const amounts = Object.entries(pledge?.suggested ?? {}).flatMap(([currency, list = []]) =>
    list.map((amount) => formatMoney(amount, currency, language)),
  );
  const suggested = new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(amounts);
  const hint = t('form.amount.hint');
  return amounts.length > 0 ? `${hint} ${t('form.amount.suggested', { amounts: suggested })}` : hint;
}

function currencyOptions({ pledge }: PublicAsk, form: FormState): Html {
  const { t, language } = form;
  const suggested = Object.keys(pledge?.suggested ?? {});
  const choices = currencyChoices(language);
  const chosen = valueAt(form, 'currency') || suggested[0] || '';
  const first = choices.filter(({ value }) => suggested.includes(value));
  const others = choices.filter(({ value }) => !suggested.includes(value));
  if (first.length === 0) return html`<option value=""></option>${optionList(others, chosen)}`;
  return html`<optgroup label="${t('form.currency.suggested')}">${optionList(first, chosen)}</optgroup><optgroup label="${t('form.currency.all')}">${optionList(others, chosen)}</optgroup>`;
}

/** The exact text and version that is shown is what is sent along. */
function toConsent(
  { id, version, required, text }: PublicAsk['consents'][number],
  at: number,
  form: FormState,
): Html {
  const mark = form.t(required ? 'form.required' : 'form.optional');
  return html`${hiddenField(`consents[${at}][id]`, id)}${hiddenField(`consents[${at}][version]`, version)}
${consentField(form, { name: `consents[${at}][granted]`, label: text, mark, required })}`;
}

/** Who led the reader here. What is not in the campaign's lists would be refused: an old link must not cost a signature. */
function toOrigin({ partners, sources }: PublicAsk, form: FormState): Html {
  const [partner, source] = [valueAt(form, 'partner'), valueAt(form, 'source')];
  return html`${partners.includes(partner) && hiddenField('partner', partner)}${sources.includes(source) && hiddenField('source', source)}`;
}
