import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { campaignPath } from './address.ts';
import { consentField, hiddenField, optionList, radioField, selectField, textField } from './form-fields.ts';
import { type FormState, valueAt } from './form-state.ts';
import { type Html, html } from './html.ts';
import { countryChoices } from './names.ts';
import { pledgeFieldNames, pledgeFields } from './pledge-fields.ts';

/** Names of a form's fields, in their order on the page. They mirror the JSON body by brackets, but for `majorAmount`. */
export function fieldNames(campaign: PublicAsk, kind: ActionKind): string[] {
  const names = ['givenName', 'familyName', 'email'];
  const person = [...names, 'country', 'postalCode', 'display'];
  const consents = campaign.consents.map((_, at) => `consents[${at}][granted]`);
  if (kind === 'endorsement') return [...organisationFieldNames, ...names, ...consents];
  return [...(kind === 'pledge' ? pledgeFieldNames(campaign) : []), ...person, ...consents];
}

/**
 * The form of one kind of action: plain HTML, answered by a page, which is opened in `target` if that is given: what is
 * embedded in other sites' pages opens one of its own. It may stand anywhere, also inside an element that takes its place.
 */
export function actionForm(campaign: PublicAsk, form: FormState, target?: '_blank'): Html {
  const { kind, t } = form;
  const action = `${campaignPath(campaign.slug)}/${kind}s`;
  return html`<form class="action" method="post" action="${action}" accept-charset="utf-8"${target && html` target="${target}"`}>
${kind === 'pledge' && pledgeFields(campaign, form)}
${kind === 'endorsement' ? organisationFields(form) : toPersonFields(form)}
<fieldset class="consents"><legend>${t('form.consents')}</legend>
${campaign.consents.map((consent, at) => toConsent(consent, at, form))}</fieldset>
${hiddenField('language', campaign.language)}${toOrigin(campaign, form)}
<p class="next">${t(`${kind}.intro`)}</p>
<button class="button wide" type="submit">${t(`${kind}.submit`)}</button>
<p class="meta">${t('form.data')}</p>
</form>`;
}

/** What organisations say of themselves, in the order of the page. */
const organisationFieldNames = ['organisation[name]', 'country', 'organisation[url]'];

/** The organisation, and who speaks for it. */
function organisationFields(form: FormState): Html {
  const { t } = form;
  return html`${textField(form, { name: 'organisation[name]', label: t('form.pledgerName'), autocomplete: 'organization', maxlength: 100, dir: 'auto', required: true })}
${toCountry(form, t('form.organisation.country'))}
${textField(form, { name: 'organisation[url]', label: t('form.organisation.url'), autocomplete: 'url', inputmode: 'url', maxlength: 200, dir: 'ltr' })}
<h3>${t('form.spokesperson')}</h3>
<p class="hint">${t('form.spokesperson.hint')}</p>
${toNames(form)}`;
}

function toPersonFields(form: FormState): Html {
  const { t } = form;
  return html`${toNames(form)}
${toCountry(form, t('form.country'))}
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

function toNames(form: FormState): Html {
  const { t } = form;
  return html`<div class="pair">
${textField(form, { name: 'givenName', label: t('form.givenName'), autocomplete: 'given-name', maxlength: 100, dir: 'auto', required: true })}
${textField(form, { name: 'familyName', label: t('form.familyName'), autocomplete: 'family-name', maxlength: 100, dir: 'auto', required: true })}
</div>
${textField(form, { name: 'email', label: t('form.email'), hint: t('form.email.hint'), type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254, dir: 'ltr', required: true })}`;
}

function toCountry(form: FormState, label: string): Html {
  const { t, language } = form;
  return selectField(form, {
    name: 'country',
    label,
    autocomplete: 'country',
    required: true,
    options: html`<option value="">${t('form.country.choose')}</option>${optionList(countryChoices(language), valueAt(form, 'country'))}`,
  });
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
