import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../shared/kernel/language.ts';
import ar from './texts/ar.json' with { type: 'json' };
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import es from './texts/es.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import hi from './texts/hi.json' with { type: 'json' };
import pt from './texts/pt.json' with { type: 'json' };
import ru from './texts/ru.json' with { type: 'json' };
import sw from './texts/sw.json' with { type: 'json' };
import zh from './texts/zh.json' with { type: 'json' };

/** English has every key; a test holds the other languages to it. */
export type TextKey = keyof typeof en;
type TextValues = Record<string, string | number>;
/** The text of a key (ICU MessageFormat), with its values filled in. It is text, not markup. */
export type PageText = (key: TextKey, values?: TextValues) => string;

const texts: Record<Language, Record<TextKey, string>> = { en, fr, es, pt, ar, hi, zh, sw, ru, de };
/** Parsed once, when first used: a page needs few of them. */
const parsed = new Map<string, IntlMessageFormat>();

/** The texts of the pages in a language. */
export function pageText(language: Language): PageText {
  return (key, values) => String(messageOf(language, key).format(values));
}

/** Whether there is a text of this key. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}

function messageOf(language: Language, key: TextKey): IntlMessageFormat {
  const id = `${language} ${key}`;
  const message =
    parsed.get(id) ?? new IntlMessageFormat(texts[language][key], language, undefined, { ignoreTag: true });
  parsed.set(id, message);
  return message;
}
