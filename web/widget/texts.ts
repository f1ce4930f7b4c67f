import { askForData } from './ask.ts';
import type { CompiledText, WidgetTextKey } from './text-keys.ts';

/** English; whoever bundles fills these in (infra/constructs/build-widget.ts). */
declare const WIDGET_TEXTS: Texts;
/** The other languages that there are. */
declare const OTHER_LANGUAGES: string;
/** Those that are written from right to left. */
declare const RIGHT_TO_LEFT: string;

/** By key; in the bundle, where keys are numbers, by these. */
export type Texts = Partial<Record<WidgetTextKey, CompiledText>>;
/** The text of a key with its values filled in: text, not markup. */
export interface Tell {
  (key: WidgetTextKey, values?: Record<string, string | number>): string;
  language: string;
}

const english = WIDGET_TEXTS;

/** English texts of a chunk. */
export function addTexts(texts: Texts | undefined): void {
  Object.assign(english, texts);
}

/** Attributes of what is written in a language. */
export function writtenIn(language: string): Record<'lang' | 'dir', string> {
  return { lang: language, dir: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' };
}

/** The texts of a language, if it can be loaded; English for one that the widget does not have. */
export async function loadTexts(language: string): Promise<Tell | undefined> {
  if (!OTHER_LANGUAGES.includes(language)) return toTell(english, 'en');
  const { body } = await askForData<Texts>(language);
  return body && toTell(body, language);
}

export function toTell(texts: Texts, language: string): Tell {
  const plural = new Intl.PluralRules(language);
  const tell = (key: WidgetTextKey, values: Record<string, string | number> = {}) => {
    // What could not be loaded has one cause.
    const text = (texts[key] ?? texts['failure.unreachable']) as CompiledText;
    const [counted, byCategory] = typeof text === 'string' ? ['', { other: text }] : text;
    const found = byCategory[plural.select(values[counted] as number)] ?? (byCategory['other'] as string);
    // Numbers as the language writes them; texts as they are.
    return found.replace(/{(\w+)}/g, (_, name) => (values[name] as number).toLocaleString(language));
  };
  return Object.assign(tell, { language });
}
