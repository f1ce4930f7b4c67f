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

/** Patterns of ICU MessageFormat; English says which there are. */
export type MailTexts = typeof en;
type Values = Record<string, string | number | Date>;

export const mailTexts: Record<Language, MailTexts> = { en, fr, es, pt, ar, hi, zh, sw, ru, de };

/** A mail travels to any time zone, so its one time of day names its own. */
const expiry: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
};

/** Fills in a pattern. The result is plain text: `<` is a character. Throws when a value is missing. */
export function formatText(pattern: string, language: Language, values: Values = {}): string {
  const message = new IntlMessageFormat(pattern, language, { date: { expiry } }, { ignoreTag: true });
  return message.format(values) as string;
}
