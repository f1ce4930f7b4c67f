/** The key is a symbol, so that nothing parsed from JSON or a form can pass for markup. */
const markup = Symbol('markup');

/** Markup that is safe to send: made only by `html`. */
export interface Html {
  readonly [markup]: string;
}
/** What may stand in a template: text is escaped, lists are joined, and `false`, `null` and `undefined` are nothing. */
export type Part = Html | string | number | false | null | undefined | readonly Part[];

/**
 * A template of HTML that escapes every text put into it, in content and in attributes.
 * Attributes must be written in quotes; that an address is a safe one (no `javascript:`) is for the caller to see to.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { [markup]: strings.reduce((done, text, at) => done + toText(parts[at - 1]) + text) };
}

/** The markup as text, to be sent. */
export function toMarkup(template: Html): string {
  return template[markup];
}

function toText(part: Part): string {
  if (part === false || part === null || part === undefined) return '';
  if (Array.isArray(part)) return part.map(toText).join('');
  if (typeof part === 'object') return (part as Html)[markup];
  return escapeText(String(part));
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');
}
