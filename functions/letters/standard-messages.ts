import type { MessageKey } from './letter-messages.ts';
import ar from './texts/ar.json' with { type: 'json' };
import bn from './texts/bn.json' with { type: 'json' };
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import es from './texts/es.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import hi from './texts/hi.json' with { type: 'json' };
import ja from './texts/ja.json' with { type: 'json' };
import pt from './texts/pt.json' with { type: 'json' };
import ru from './texts/ru.json' with { type: 'json' };
import sw from './texts/sw.json' with { type: 'json' };
import zh from './texts/zh.json' with { type: 'json' };

/** The system's own words, in the languages that it writes letters in by itself. */
export const standardMessages: Readonly<Record<string, Record<MessageKey, string>>> = {
  en,
  fr,
  es,
  pt,
  ar,
  hi,
  zh,
  sw,
  ru,
  de,
  ja,
  bn,
};
