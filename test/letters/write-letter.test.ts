import { describe, expect, it } from 'vitest';
import { LetterContent } from '../../functions/letters/letter-content.ts';
import { letterLocale, nameCountry, nameMoney } from '../../functions/letters/letter-locale.ts';
import { standardMessages } from '../../functions/letters/standard-messages.ts';
import { writeLetter } from '../../functions/letters/write-letter.ts';
import { aFurtherText, aLetterContent, aText } from '../support/a-letter.ts';

const office = (country: string) => ({ office: 'Ministry of Health', country });
const history = [
  { day: '2026-11-20', count: 400_000 },
  { day: '2026-11-22', count: 1_234_567 },
];

describe('a letter', () => {
  it.each(Object.keys(standardMessages))('leaves no variable open in %s', (language) => {
    const { page, ...rest } = writeLetter(aLetterContent({ language, replyBy: '2027-01-31', draft: true }));

    expect(JSON.stringify(rest)).not.toMatch(/\{\w+\}/);
    expect(page).toContain('{page}');
    expect(page).toContain('{pages}');
  });

  it('names its addressee, the country and the number reached', () => {
    const page = writeLetter(aLetterContent());

    expect(page.addressee).toContain('Ministry of Health');
    expect(page.addressee.at(-1)).toBe('Kenya');
    expect(page.opening[0]).toContain('on behalf of 12 people who have signed');
    expect(page.opening[0]).toContain('the milestone of 10 confirmed signatures worldwide');
  });

  it('speaks of the country when it is the country that reached a milestone', () => {
    const page = writeLetter(aLetterContent({ occasion: { scope: 'KE', threshold: 50, reached: 50 } }));

    expect(page.opening[0]).toContain('your country (Kenya) has reached the milestone of 50');
  });

  it.each([
    ['en', 'GB', 1, '1 person who has signed'],
    ['en', 'GB', 2, '2 people who have signed'],
    ['fr', 'FR', 1_000_000, '1\u202f000\u202f000 de personnes qui ont signé'],
    ['es', 'ES', 1_000_000, '1.000.000 de personas'],
    ['ar', 'EG', 5, '٥ أشخاص'],
    ['ar', 'EG', 12, '١٢ شخصا'],
    ['ar', 'MA', 12, '12 شخصا'],
    ['hi', 'IN', 1_234_567, '12,34,567'],
    ['bn', 'BD', 1_234_567, '১২,৩৪,৫৬৭'],
    ['ru', 'RU', 1_234_567, '1\u00a0234\u00a0567'],
    ['de', 'DE', 1_234_567, '1.234.567'],
    ['es', 'MX', 1_234_567, '1,234,567'],
  ] as const)('counts people in %s to %s as is done there: %i', (language, country, reached, expected) => {
    const occasion = { scope: 'world', threshold: 1, reached } as const;
    const page = writeLetter(aLetterContent({ language, addressee: office(country), occasion }));

    expect(page.opening[0]).toContain(expected);
  });

  it('leaves the reference, addresses and telephone numbers as they are where digits are others', () => {
    const page = writeLetter(aLetterContent({ language: 'bn', addressee: office('BD') }));

    expect(page.reference.value).toBe('MHFA-2026-7K3QX2RD');
    expect(page.contacts.map(({ value }) => value)).toEqual(['letters@example.org', '+41 22 555 01 00']);
    expect(page.verify.text).toContain('https://groundswell.example.org/letters/MHFA-2026-7K3QX2RD');
    expect(page.digits.join('')).toBe('০১২৩৪৫৬৭৮৯');
  });

  it.each([
    ['fr', 'Madame la Ministre,', 'Madame la Ministre,'],
    ['fr', undefined, 'Madame, Monsieur,'],
    ['zh', '尊敬的主任：', '尊敬的主任：'],
    ['es', undefined, 'De mi mayor consideración:'],
  ] as const)(
    'greets in %s by the salutation given (%s), or by one fit for any office',
    (language, salutation, expected) => {
      const addressee = { ...office('FR'), ...(salutation && { salutation }) };

      expect(writeLetter(aLetterContent({ language, addressee })).salutation).toBe(expected);
    },
  );

  it('takes the campaign’s own message where it gives one, and counts and names in its asks', () => {
    const text = aText({
      asks: [
        'Answer the {signatures, plural, one {# person} other {# people}} who signed “{title}” in {country}.',
      ],
      messages: { askHeading: 'Our requests' },
    });
    const { ask } = writeLetter(aLetterContent({ text }));

    expect(ask.heading).toBe('Our requests');
    expect(ask.items).toEqual(['Answer the 12 people who signed “Mental health for all” in Kenya.']);
  });

  it('is written in a language that only the campaign has words in', () => {
    const page = writeLetter(
      aLetterContent({ language: 'ko', text: aFurtherText('ko'), addressee: office('KR') }),
    );

    expect(page.subject).toBe('제목: 모두를 위한 정신 건강');
    expect([page.language, page.script, page.region, page.direction]).toEqual(['ko', 'Kore', 'KR', 'ltr']);
  });

  it('cannot be written in a language that nobody has all words in', () => {
    expect(() => writeLetter(aLetterContent({ language: 'ko' }))).toThrow(
      'in ko: the campaign has no words for it',
    );
  });

  it('takes what people wrote as it is, ICU syntax and tags included', () => {
    const odd = "{reached} <b>{x, plural, other {#}}</b> '{'";
    const page = writeLetter(
      aLetterContent({ text: aText({ title: odd }), addressee: { ...office('KE'), holder: odd } }),
    );

    expect(page.subject).toBe(`Subject: ${odd}`);
    expect(page.addressee[0]).toBe(odd);
  });

  it('keeps the directions of names apart from those of the text around them', () => {
    const arabic = { language: 'ar', addressee: office('EG') };
    const page = writeLetter(aLetterContent({ ...arabic, text: aText({ title: 'Minds (2026)' }) }));

    expect(page.subject).toContain('\u2068Minds (2026)\u2069');
    expect(page.reference.value).toBe('\u2066MHFA-2026-7K3QX2RD\u2069');
    expect(
      writeLetter(aLetterContent({ addressee: { ...office('EG'), holder: 'نادية (القاهرة)' } })).addressee[0],
    ).toBe('\u2068نادية (القاهرة)\u2069');
  });

  it('asks for an answer by a day only when one is given', () => {
    const dated = writeLetter(aLetterContent({ replyBy: '2027-01-31' }));

    expect(dated.response.paragraphs[0]).toContain('by 31 January 2027');
    expect(dated.replyBy?.value).toBe('31 January 2027');
    expect(writeLetter(aLetterContent())).not.toHaveProperty('replyBy');
  });

  it('does not name the organisation of its signatory twice', () => {
    const text = aText({ role: 'Director, Demo Network for Mental Health' });

    expect(writeLetter(aLetterContent({ text })).signatory.lines).toEqual([text.role]);
    expect(writeLetter(aLetterContent()).signatory.lines).toHaveLength(2);
  });

  it('names in its head as many partners as it has room for, and lets all of them sign', () => {
    const organisations = Array.from({ length: 100 }, (_, i) => ({
      name: `Association ${i} for Mental Health`,
    }));
    const page = writeLetter(aLetterContent({ organisations }));

    expect(page.letterhead.partners.at(-1)).toBe(`+${99 - page.letterhead.partners.length + 1}`);
    expect(page.letterhead.partners.join(' · ').length).toBeLessThan(220);
    expect(page.organisations.items).toHaveLength(100);
  });
});

describe('the figures of a letter', () => {
  it('tell the world, the country and its place, the countries, the time, and pledges by currency', () => {
    const { figures } = writeLetter(aLetterContent());

    expect([...figures.rows, ...figures.pledges].map(({ value }) => value)).toEqual([
      '12',
      '3',
      '2 of 7',
      '7',
      '44 days',
      '75.00 euros',
      '3,000 Japanese yen',
    ]);
  });

  it('tell no place of a country where nobody has signed', () => {
    const { figures } = aLetterContent();
    const none = writeLetter(aLetterContent({ figures: { ...figures, here: { signatures: 0 } } }));

    expect(none.figures.rows.map(({ value }) => value)).toEqual(['12', '0', '7', '44 days']);
  });

  it('tell of no country to a body of several', () => {
    const { here, ...figures } = aLetterContent().figures;
    const page = writeLetter(aLetterContent({ figures, addressee: office('EU') }));

    expect(here).toBeDefined();
    expect(page.figures.rows.map(({ value }) => value)).toEqual(['12', '7', '44 days']);
    expect(page.addressee.at(-1)).toBe('European Union');
  });

  it('are drawn over time, with an axis in the language of the letter', () => {
    const { chart } = writeLetter(aLetterContent({ language: 'ar', addressee: office('EG'), history }));

    expect(chart?.points).toEqual([
      [0, 400_000 / 1_234_567],
      [1, 1],
    ]);
    expect(chart?.ticks.map(({ label }) => label)).toEqual(['٠', '٥٠٠٬٠٠٠', '١\u00a0مليون']);
    expect(chart?.days).toEqual(['٢٠ نوفمبر', '٢٢ نوفمبر']);
  });

  it('are not drawn when there is one day only', () => {
    expect(writeLetter(aLetterContent({ history: history.slice(0, 1) })).chart).toBeUndefined();
    expect(writeLetter(aLetterContent({ history: [] })).chart).toBeUndefined();
  });
});

describe('the locale of a letter', () => {
  it.each([
    ['en', 'IN', 'en-IN'],
    ['en', 'CN', 'en-GB'],
    ['en', 'EU', 'en-GB'],
    ['es', 'MX', 'es-MX'],
    ['ar', 'SA', 'ar-SA'],
    ['fr', 'DE', 'fr-Latn-FR'],
    ['zh', 'TW', 'zh-Hans-CN'],
    ['zh-Hant', 'TW', 'zh-TW'],
    ['pt-PT', 'FR', 'pt-Latn-PT'],
    ['fa', 'IR', 'fa-IR'],
  ] as const)('of %s to %s is %s', (language, country, expected) => {
    expect(letterLocale({ language, addressee: office(country) })).toBe(`${expected}-u-ca-gregory`);
  });

  it.each([
    ['JPY', 3000, '3,000 Japanese yen'],
    ['KWD', 1500, '1.500 Kuwaiti dinars'],
    ['EUR', 2500, '25.00 euros'],
    ['EUR', '123456789012345678901', '1,234,567,890,123,456,789.01 euros'],
  ])('counts %s %s in minor units: %s', (currency, amountMinor, expected) => {
    expect(nameMoney('en-GB', amountMinor, currency)).toBe(expected);
  });

  it.each([
    ['EU', 'European Union'],
    ['UN', 'United Nations'],
    ['002', 'Africa'],
    ['BA', 'Bosnia and Herzegovina'],
  ])('names %s as %s', (code, expected) => {
    expect(nameCountry('en-GB', code)).toBe(expected);
  });
});

describe('the content of a letter', () => {
  it('is refused with controls, overrides of direction or fields nobody knows', () => {
    const accepts = (place: string, more = {}) =>
      LetterContent.safeParse({ ...aLetterContent(), text: aText({ place }), ...more }).success;

    expect(accepts('Geneva')).toBe(true);
    expect(accepts('Gen\u0007eva')).toBe(false);
    expect(accepts('Gen\u202eeva')).toBe(false);
    expect(accepts('Gen\u2066eva')).toBe(false);
    expect(accepts('Geneva', { extra: 1 })).toBe(false);
  });
});
