import { errorAt, type FormState, fieldId, valueAt } from './form-state.ts';
import { type Html, html } from './html.ts';
import type { Choice } from './names.ts';

interface Field {
  name: string;
  label: string;
  hint?: Html | string | undefined;
  required?: boolean;
  /** Needed only in a case that the hint tells: then neither required nor marked as optional. */
  conditional?: boolean;
}
interface TextField extends Field {
  type?: 'text' | 'email';
  autocomplete?: string;
  inputmode?: 'email' | 'url' | 'decimal' | 'text';
  maxlength?: number;
  /** `auto` follows what is typed, as a name may be in any script; addresses and numbers are always `ltr`. */
  dir: 'auto' | 'ltr';
}
interface SelectField extends Field {
  autocomplete?: string;
  options: Html;
}
interface RadioChoice extends Choice {
  hint?: string;
}
interface RadioField extends Field {
  choices: RadioChoice[];
  initial: string;
}
interface ConsentField extends Field {
  /** Said after the text: whether it must be ticked. */
  mark: string;
}

export function textField(form: FormState, field: TextField): Html {
  const { name, type = 'text', autocomplete = 'off', inputmode = 'text', maxlength = 200, dir } = field;
  const input = html`<input type="${type}" id="${fieldId(form.kind, name)}" name="${name}" value="${valueAt(form, name)}" autocomplete="${autocomplete}" inputmode="${inputmode}" maxlength="${maxlength}" dir="${dir}"${toState(form, field)}>`;
  return labelled(form, field, input);
}

export function selectField(form: FormState, field: SelectField): Html {
  const { name, autocomplete = 'off', options } = field;
  const select = html`<select id="${fieldId(form.kind, name)}" name="${name}" autocomplete="${autocomplete}"${toState(form, field)}>${options}</select>`;
  return labelled(form, field, select);
}

/** The first button has the field's own id, so that an error can link to it. */
export function radioField(form: FormState, field: RadioField): Html {
  const { name, label, choices, initial } = field;
  const id = fieldId(form.kind, name);
  const chosen = valueAt(form, name) || initial;
  return html`<fieldset class="field"${describedBy(form, field)}>
<legend>${label}</legend>
${toHint(form, field)}${toError(form, field)}
${choices.map((choice, at) => toChoice({ ...choice, id: at === 0 ? id : `${id}-${choice.value}`, name }, chosen))}</fieldset>`;
}

function toChoice(
  { id, name, value, label, hint }: RadioChoice & { id: string; name: string },
  chosen: string,
): Html {
  const hintId = `${id}-hint-of-choice`;
  const described = hint && html` aria-describedby="${hintId}"`;
  const button = html`<input type="radio" id="${id}" name="${name}" value="${value}"${value === chosen && html` checked`}${described}>`;
  const note = hint && html`<p class="hint" id="${hintId}">${hint}</p>`;
  return html`<div class="choice">${button}<label for="${id}">${label}</label>${note}</div>\n`;
}

/** Unticked until the reader ticks it. */
export function consentField(form: FormState, field: ConsentField): Html {
  const { name, label, mark } = field;
  const id = fieldId(form.kind, name);
  const granted = valueAt(form, name) === 'true';
  return html`<div class="field consent">
${toError(form, field)}
<div class="choice"><input type="checkbox" id="${id}" name="${name}" value="true"${granted && html` checked`}${toState(form, field)}><label for="${id}">${label} <span class="mark">(${mark})</span></label></div>
</div>`;
}

export function hiddenField(name: string, value: string | number): Html {
  return html`<input type="hidden" name="${name}" value="${value}">\n`;
}

export function optionList(choices: Choice[], chosen: string): Html {
  return html`${choices.map(
    ({ value, label }) =>
      html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}`;
}

function labelled(form: FormState, field: Field, input: Html): Html {
  const { name, label, required, conditional } = field;
  return html`<div class="field">
<label for="${fieldId(form.kind, name)}">${label}${!required && !conditional && html` <span class="mark">(${form.t('form.optional')})</span>`}</label>
${toHint(form, field)}${toError(form, field)}${input}
</div>`;
}

function toHint({ kind }: FormState, { name, hint }: Field): Html | undefined {
  return hint ? html`<p class="hint" id="${fieldId(kind, name)}-hint">${hint}</p>\n` : undefined;
}

function toError(form: FormState, { name }: Field): Html | undefined {
  const error = errorAt(form, name);
  if (!error) return undefined;
  return html`<p class="error" id="${fieldId(form.kind, name)}-error"><span class="visually-hidden">${form.t('error.label')} </span>${error}</p>\n`;
}

function toState(form: FormState, field: Field): Html {
  const invalid = errorAt(form, field.name) !== undefined;
  return html`${field.required && html` required`}${invalid && html` aria-invalid="true"`}${describedBy(form, field)}`;
}

function describedBy(form: FormState, { name, hint }: Field): Html | undefined {
  const id = fieldId(form.kind, name);
  const ids = [hint && `${id}-hint`, errorAt(form, name) && `${id}-error`].filter(Boolean);
  return ids.length > 0 ? html` aria-describedby="${ids.join(' ')}"` : undefined;
}
