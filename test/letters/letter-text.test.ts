import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LetterContent } from '../../functions/letters/letter-content.ts';
import { letterLocale, nameMoney } from '../../functions/letters/letter-format.ts';
import { writeLetter } from '../../functions/letters/letter-text.ts';
import ar from '../../functions/letters/texts/ar.json' with { type: 'json' };
import en from '../../functions/letters/texts/en.json' with { type: 'json' };
import es from '../../functions/letters/texts/es.json' with { type: 'json' };
import fr from '../../functions/letters/texts/fr.json' with { type: 'json' };
import { languages } from '../../shared/kernel/language.ts';
import { aLetterContent } from '../support/a-letter.ts';

const texts: Record<string, Record<string, string>> = { en, fr, es, ar };

describe('the texts of a letter', () => {
  it.each(languages)('say the same things with the same values in %s as in English', (language) => {
    expect(Object.keys(texts[language] ?? {})).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(texts[language] ?? {})) {
      if (key === 'closing') continue; // Only French names the reader once more.
      expect(variablesOf(text), `${language} ${key}`).toEqual(variablesOf(texts['en']?.[key] ?? ''));
    }
  });

  it.each(languages)('leave no variable open in %s', (language) => {
    const { page, ...text } = writeLetter(aLetterContent({ language, replyBy: '2027-01-31' }));

    expect(JSON.stringify(text)).not.toMatch(/[{}]{1}\w+\}/);
    expect(page).toContain('{page}');
  });
});

describe('a letter', () => {
  it('names its addressee, the country and the number reached', () => {
    const text = writeLetter(aLetterContent());

    expect(text.addressee).toContain('Ministry of Health');
    expect(text.addressee.at(-1)).toBe('Kenya');
    expect(text.opening[0]).toContain('on behalf of 12 people who have signed');
    expect(text.opening[0]).toContain('the milestone of 10 confirmed signatures worldwide');
  });

  it('speaks of the country when it is the country that reached a milestone', () => {
    const text = writeLetter(aLetterContent({ occasion: { scope: 'KE', threshold: 50, reached: 50 } }));

    expect(text.opening[0]).toContain('your country (Kenya) has reached the milestone of 50');
  });

  it.each([
    ['en', 1, '1 person who has signed'],
    ['en', 2, '2 people who have signed'],
    ['fr', 1, '1 personne qui a signé'],
    ['fr', 1_000_000, '1\u202f000\u202f000 de personnes qui ont signé'],
    ['es', 1_000_000, '1.000.000 de personas que han firmado'],
    ['ar', 2, 'شخصين وقعا'],
    ['ar', 5, '5 أشخاص وقعوا'],
    ['ar', 12, '12 شخصا وقعوا'],
    ['ar', 100, '100 شخص وقعوا'],
  ] as const)('counts people in %s as its grammar does: %i', (language, reached, expected) => {
    const addressee = { office: 'X', country: { en: 'GB', fr: 'FR', es: 'ES', ar: 'EG' }[language] };
    const occasion = { scope: 'world', threshold: 1, reached } as const;

    expect(writeLetter(aLetterContent({ language, addressee, occasion })).opening[0]).toContain(expected);
  });

  it('greets by the given salutation, or by one fit for any office', () => {
    const greeting = (salutation: string | undefined, language: 'fr' | 'es') =>
      writeLetter(
        aLetterContent({
          language,
          addressee: { office: 'X', country: 'FR', ...(salutation && { salutation }) },
        }),
      );

    expect(greeting('Madame la Ministre,', 'fr').salutation).toBe('Madame la Ministre,');
    expect(greeting('Madame la Ministre,', 'fr').closing).toContain(
      'agréer, Madame la Ministre, l’expression',
    );
    expect(greeting(undefined, 'fr').salutation).toBe('Madame, Monsieur,');
    expect(greeting(undefined, 'es').salutation).toBe('De mi mayor consideración:');
  });

  it('takes what people wrote as it is, ICU syntax and tags included', () => {
    const odd = "{reached} <b>{x, plural, other {#}}</b> '{'";
    const text = writeLetter(
      aLetterContent({ campaign: { title: odd, ask: [odd], url: 'https://example.org' } }),
    );

    expect(text.subject).toBe(`Subject: ${odd}`);
    expect(text.ask.items).toEqual([odd]);
  });

  it('asks for an answer by a day only when one is given', () => {
    expect(writeLetter(aLetterContent({ replyBy: '2027-01-31' })).response).toContain('by 31 January 2027');
    expect(writeLetter(aLetterContent()).response).toContain('a written reply, telling');
  });

  it('uses the office’s own name of its country where one is given', () => {
    const addressee = { office: 'X', country: 'CD', countryName: 'Democratic Republic of the Congo' };

    expect(writeLetter(aLetterContent({ addressee })).addressee.at(-1)).toBe(
      'Democratic Republic of the Congo',
    );
  });
});

describe('numbers and money', () => {
  it.each([
    ['en', 'IN', 'en-IN'],
    ['en', 'CN', 'en-GB'],
    ['es', 'MX', 'es-MX'],
    ['ar', 'SA', 'ar-SA'],
    ['fr', 'DE', 'fr-FR'],
  ] as const)('follow the use of %s in %s: %s', (language, country, expected) => {
    const locale = letterLocale({ language, addressee: { office: 'X', country } });

    expect(locale).toBe(`${expected}-u-ca-gregory-nu-latn`);
  });

  it.each([
    ['JPY', 3000, '3,000 Japanese yen'],
    ['KWD', 1500, '1.500 Kuwaiti dinars'],
    ['EUR', 2500, '25.00 euros'],
    ['EUR', 9_007_199_254_740_991, '90,071,992,547,409.91 euros'],
  ])('count %s %i in minor units: %s', (currency, amountMinor, expected) => {
    expect(nameMoney('en-GB', amountMinor, currency)).toBe(expected);
  });
});

describe('the content of a letter', () => {
  it('is refused with controls, overrides of direction or fields nobody knows', () => {
    const accepts = (place: string, more = {}) =>
      LetterContent.safeParse({ ...aLetterContent(), place, ...more }).success;

    expect(accepts('Geneva')).toBe(true);
    expect(accepts('Gen\u0007eva')).toBe(false);
    expect(accepts('Gen\u202eeva')).toBe(false);
    expect(accepts('Geneva', { extra: 1 })).toBe(false);
  });
});

/** Names of the variables of an ICU message, those inside plural branches included. */
function variablesOf(message: string): string[] {
  const names = new Set<string>();
  JSON.stringify(new IntlMessageFormat(message, 'en').getAst(), (_, node) => {
    if (node && typeof node === 'object' && node.type > 0 && node.type < 7) names.add(node.value);
    return node;
  });
  return [...names].sort();
}
