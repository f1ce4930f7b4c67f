import { h } from './h.ts';
import type { WidgetTextKey } from './text-keys.ts';
import type { Tell } from './texts.ts';

export type Control = HTMLInputElement | HTMLSelectElement;

/** By field, and by the code of what is wrong with it; '' for any other. */
export const errorTexts: Record<string, Record<string, WidgetTextKey>> = {
  givenName: { '': 'error.givenName', required: 'error.givenName.required' },
  familyName: { '': 'error.familyName', required: 'error.familyName.required' },
  email: { '': 'error.email', required: 'error.email.required' },
  country: { '': 'error.country' },
  postalCode: { '': 'error.postalCode' },
  consents: { '': 'error.consents', 'consent-outdated': 'error.consents.consent-outdated' },
};

/** What is wrong, and where it can be mended, if there is such a field. */
export interface Wrong {
  control?: Control | undefined;
  code: string;
  /** In English, as the server says it. */
  message?: string | undefined;
}

/** What the browser finds wrong in a form. */
export function findWrong(form: HTMLFormElement): Wrong[] {
  return controlsOf(form)
    .filter(({ validity }) => !validity.valid)
    .map((control) => ({ control, code: control.validity.valueMissing ? 'required' : '' }));
}

/** Those in use, each group of radio buttons once. */
export function controlsOf(form: HTMLFormElement): Control[] {
  return ([...form.elements] as Control[]).filter(
    (each, at, all) => each.matches('[name]:enabled') && each.name !== (all[at - 1] as Control)?.name,
  );
}

/** Marks each wrong field, and says all of it in a summary on top that takes focus and leads to them. */
export function showErrors(tell: Tell, form: HTMLFormElement, wrong: Wrong[], problem: string): void {
  hideErrors(form);
  const items = wrong.map((each) => {
    const text = toText(tell, each);
    return h('li', each.control ? linkTo(each.control, text) : text);
  });
  const [title, content] = items[0]
    ? [tell('errors.title', { count: items.length }), h('ul', items)]
    : [tell('errors.problem'), problem];
  const summary = h('div:errors', { role: 'alert', tabindex: -1 }, h('h3', title), content);
  form.prepend(summary);
  summary.focus();
}

export function hideErrors(form: HTMLFormElement): void {
  for (const old of form.querySelectorAll('[part^=error]')) old.remove();
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
}

/** The pages' rule: a text for the field and the code, or for the field; else what the server says, in English. */
function toText(tell: Tell, { control, code, message = '' }: Wrong): string {
  const own = errorTexts[control?.name.replace(/-\d/, '') ?? ''];
  return own ? tell(own[code] ?? (own[''] as WidgetTextKey)) : message;
}

/** Says at the control, too, what is wrong with it. */
function linkTo(control: Control, text: string): HTMLElement {
  control.setAttribute('aria-invalid', 'true');
  (control.closest('label') ?? control).before(h('p:error', { id: `${control.name}-error` }, text));
  const lead = (event: Event) => {
    event.preventDefault();
    control.focus();
  };
  return h('a', { href: `#${control.id}`, click: lead }, text);
}
