import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LetterContent } from '../../functions/letters/letter-content.ts';
import { isLetterError } from '../../functions/letters/letter-error.ts';
import { defineTypesetter } from '../../functions/letters/typeset-letter.ts';
import { aLetterContent, repositoryLetterAssets } from '../support/a-letter.ts';
import { readPdf, withoutSpace } from '../support/read-pdf.ts';

const typesetLetter = defineTypesetter(repositoryLetterAssets);

const languages = [
  { language: 'en', country: 'KE', office: 'Ministry of Health', name: 'Kenya', tag: 'en-KE' },
  { language: 'fr', country: 'FR', office: 'Ministère de la Santé', name: 'France', tag: 'fr-FR' },
  { language: 'es', country: 'MX', office: 'Secretaría de Salud', name: 'México', tag: 'es-MX' },
  { language: 'ar', country: 'EG', office: 'وزارة الصحة والسكان', name: 'مصر', tag: 'ar-EG' },
] as const;

describe.each(languages)('a letter in $language', ({ language, country, office, name, tag }) => {
  const letter = aLetterContent({ language, addressee: { office, country } });

  it('names addressee and country and carries the number reached, on one page', async () => {
    const { text, pages } = await readPdf(typesetLetter(letter));

    expect(pages).toBe(1);
    for (const word of [...office.split(' '), name, '12', '10', 'MHFA-2026-7K3QX2'])
      expect(text).toContain(word);
  });

  it('is a tagged PDF/UA-1 that says its language and title', async () => {
    const pdf = await readPdf(typesetLetter(letter));

    expect(pdf.marked).toBe(true);
    expect(pdf.uaPart).toBe('1');
    expect(pdf.language).toBe(tag);
    expect(pdf.title).toContain(office);
    for (const role of ['H1', 'H2', 'P', 'Table', 'TH', 'TD', 'L']) expect(pdf.roles).toContain(role);
  });
});

describe('a letter', () => {
  it('is byte-equal when its content is', () => {
    const elsewhere = defineTypesetter(repositoryLetterAssets);

    expect(elsewhere(aLetterContent())).toEqual(typesetLetter(aLetterContent()));
  });

  it.each(['Dr 😀 Achieng', 'አበበ ቢቂላ'])('is not set when a glyph is missing: %s', (holder) => {
    const error = errorOf(() => typesetLetter(aLetterContent({ addressee: anOffice({ holder }) })));

    expect(isLetterError(error) && error.code).toBe('missing-glyph');
    expect(isLetterError(error) && error.facts.every((text) => holder.includes(text))).toBe(true);
    expect(isLetterError(error) && error.message).toContain('MHFA-2026-7K3QX2');
  });

  it('can be set after one that could not', () => {
    errorOf(() => typesetLetter(aLetterContent({ addressee: anOffice({ holder: '😀' }) })));

    expect(typesetLetter(aLetterContent()).length).toBeGreaterThan(10_000);
  });

  it.each([
    '#evil[ ] \\ $x$ @ref <label> *b* _i_ `raw` // ~ -- "q" \'s\'',
    '#import "/etc/passwd" #panic() ]}',
  ])('prints what people wrote as it is: %s', async (odd) => {
    const campaign = { title: odd, ask: [odd, odd], url: 'https://example.org' };
    const { text } = await readPdf(
      typesetLetter(aLetterContent({ campaign, addressee: anOffice({ holder: odd }) })),
    );

    expect(text.split(withoutSpace(odd)).length - 1).toBeGreaterThanOrEqual(4);
  });

  it('prints any Latin text as it is', { timeout: 30_000 }, async () => {
    const word = fc.string({
      unit: fc.mapToConstant({ num: 95, build: (n) => String.fromCharCode(32 + n) }),
    });
    await fc.assert(
      fc.asyncProperty(word, async (holder) => {
        const { text } = await readPdf(typesetLetter(aLetterContent({ addressee: anOffice({ holder }) })));

        expect(text).toContain(withoutSpace(holder));
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    'Ministry of Health, Social Affairs, Family Welfare and the Advancement of Mental Well-being of the Whole People of the Isles',
    'A'.repeat(120),
  ])(
    'holds names of 120 characters, ten address lines and nine-digit counts on two pages: %s',
    async (name) => {
      const addressLines = Array.from({ length: 10 }, (_, i) => `Line ${i + 1} of the address`);
      const { text, pages } = await readPdf(
        typesetLetter(
          aLetterContent({
            addressee: { holder: name, office: name, country: 'BA', addressLines },
            organisations: [{ name }, { name }],
            signatory: { name, role: name, organisation: name, email: 'letters@example.org' },
            ...nineDigits,
          }),
        ),
      );

      expect(pages).toBeLessThanOrEqual(2);
      expect(text.split(withoutSpace(name)).length - 1).toBeGreaterThanOrEqual(6);
      for (const number of ['123,456,789', '987,654,321', 'BosniaandHerzegovina'])
        expect(text).toContain(number);
    },
  );

  it('holds a count of one', async () => {
    const figures = {
      ...aLetterContent().figures,
      signatures: 1,
      signaturesHere: 0,
      countries: 1,
      pledges: [],
    };
    const occasion = { scope: 'world', threshold: 1, reached: 1 } as const;
    const { text, pages } = await readPdf(typesetLetter(aLetterContent({ figures, occasion })));

    expect(pages).toBe(1);
    expect(text).toContain('1personwhohassigned');
  });
});

const nineDigits: Pick<LetterContent, 'occasion' | 'figures'> = {
  occasion: { scope: 'BA', threshold: 100_000_000, reached: 123_456_789 },
  figures: {
    signatures: 987_654_321,
    signaturesHere: 123_456_789,
    countries: 195,
    openedOn: '2026-10-10',
    pledges: ['EUR', 'JPY', 'KWD', 'USD'].map((currency) => ({
      currency,
      count: 123_456_789,
      amountMinor: 123_456_789_012,
    })),
  },
};

function anOffice(overrides: Partial<LetterContent['addressee']>): LetterContent['addressee'] {
  return { office: 'Ministry of Health', country: 'KE', ...overrides };
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
