import type { Campaign } from './context.ts';
import { type Attributes, h } from './h.ts';
import type { WidgetTextKey } from './text-keys.ts';
import type { Tell } from './texts.ts';

type Choice = [value: string | number, label: string];

/**
 * A native control with its label and its hint; a select if there are options. Its id is its name: ids are the shadow root's
 * own. A hint or an error that is not there describes nothing. `autofill` is a token of HTML's.
 */
export function field(
  tell: Tell,
  name: string,
  label: WidgetTextKey,
  autofill: string,
  attributes: Attributes = {},
  hint?: WidgetTextKey,
  options?: Node[],
): HTMLElement {
  const common = {
    id: name,
    name,
    autocomplete: autofill,
    required: true,
    dir: 'auto',
    maxlength: 100,
    'aria-describedby': `${name}-hint ${name}-error`,
  };
  return h(
    'div:field',
    h(
      'label:label',
      { for: name },
      tell(label),
      attributes['required'] === false && mark(tell, 'form.optional'),
    ),
    hint && h('p:hint', { id: `${name}-hint` }, tell(hint)),
    h(options ? 'select:input' : 'input:input', { ...common, ...attributes }, options),
  );
}

/** Radio buttons, each with its label of that part. The first choice is made already, unless one is required. */
export function radios(
  tell: Tell,
  name: string,
  legend: WidgetTextKey,
  choices: Choice[],
  part: 'choice' | 'amount' | 'tab' = 'choice',
): HTMLFieldSetElement {
  const required = part === 'amount';
  return h(
    part === 'tab' ? 'fieldset:tabs' : 'fieldset:field',
    h('legend:label', tell(legend)),
    choices.map(([value, label], at) =>
      h(
        `label:${part}`,
        h('input', { type: 'radio', name, value, required, checked: !required && !at }),
        label,
      ),
    ),
  );
}

/** Unticked until the reader ticks them; in the order in which they are sent. */
export function consentBoxes(tell: Tell, consents: Campaign['consents']): HTMLElement {
  return h(
    'fieldset:field',
    h('legend:label', tell('form.consents')),
    consents.map(({ required, text }, at) => {
      const name = `consents-${at}`;
      return h(
        'label:consent',
        h('input', { type: 'checkbox', id: name, name, required, 'aria-describedby': `${name}-error` }),
        h('span', text, mark(tell, required ? 'form.required' : 'form.optional')),
      );
    }),
  );
}

export function optionsOf(choices: Choice[]): Node[] {
  return choices.map(([value, label]) => h('option', { value }, label));
}

/** What is hidden is not asked: disabled, it is neither checked nor sent. */
export function toggle(fieldset: HTMLFieldSetElement, shown: boolean): void {
  fieldset.hidden = fieldset.disabled = !shown;
}

/** Said after a label: whether it is needed. */
function mark(tell: Tell, key: WidgetTextKey): HTMLElement {
  return h('small', ` (${tell(key)})`);
}
