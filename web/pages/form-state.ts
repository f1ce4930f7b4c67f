import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import { isTextKey, type PageText, pageText } from './page-text.ts';

/** One form as it is shown: what was typed is kept, and what was wrong is said. */
export interface FormState {
  language: Language;
  t: PageText;
  kind: ActionKind;
  /** In the shape of the JSON body. */
  values: Record<string, unknown>;
  errors: ShownError[];
}
/** An error in words, at the field where it can be mended, if the form has one. */
export interface ShownError {
  field: string | undefined;
  text: string;
}

/** An id that is unique on a page with several forms: `consents[0][granted]` -> `signature-consents-0-granted`. */
export function fieldId(kind: ActionKind, name: string): string {
  return `${kind}-${keysOf(name).join('-')}`;
}

/** The text typed into a field; empty when there is none. */
export function valueAt({ values }: Pick<FormState, 'values'>, name: string): string {
  let value: unknown = values;
  for (const key of keysOf(name)) {
    const isNode = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    value = isNode ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || value === true ? String(value) : '';
}

export function errorAt({ errors }: Pick<FormState, 'errors'>, name: string): string | undefined {
  return errors.find(({ field }) => field === name)?.text;
}

/**
 * Errors as the server names them (JSON pointers), in the words of the page, at the fields of its form and in their
 * order; those of no field come last.
 */
export function showErrors(errors: FieldError[], names: string[], language: Language): ShownError[] {
  const place = ({ field }: ShownError) => (field === undefined ? names.length : names.indexOf(field));
  return errors.map((error) => toShown(error, names, language)).sort((a, b) => place(a) - place(b));
}

function toShown(error: FieldError, names: string[], language: Language): ShownError {
  const field = fieldOf(error.pointer, names);
  return { field, text: textOf(error, field, language) };
}

/** The field of the pointer; else the first field below it, else that of its parent. */
function fieldOf(pointer: string, names: string[]): string | undefined {
  if (pointer === '') return undefined;
  const found =
    names.find((name) => pointerOf(name) === pointer) ??
    names.find((name) => pointerOf(name).startsWith(`${pointer}/`));
  return found ?? fieldOf(pointer.slice(0, pointer.lastIndexOf('/')), names);
}

/** The form has amounts in major units; the API, whose pointers these are, has minor units. */
function pointerOf(name: string): string {
  return name === 'majorAmount' ? '/amount' : `/${keysOf(name).join('/')}`;
}

/**
 * The page's own text for the pointer and the rule, or for the pointer, or for the field where it can be mended; else
 * what the server says, in English.
 */
function textOf(
  { pointer, code, message }: FieldError,
  field: string | undefined,
  language: Language,
): string {
  const keys = [pointer, field === undefined ? '' : pointerOf(field)].flatMap((each) =>
    textKeysOf(each, code),
  );
  const key = keys.find(isTextKey);
  return key ? pageText(language)(key) : message;
}

function textKeysOf(pointer: string, code: string): string[] {
  const path = pointer.split('/').filter((key) => key !== '' && !/^\d+$/.test(key));
  return path.flatMap((_, at) => {
    const key = ['error', ...path.slice(0, path.length - at)].join('.');
    return [`${key}.${code}`, key];
  });
}

function keysOf(name: string): string[] {
  return name.split(/[[\]]+/).filter(Boolean);
}
