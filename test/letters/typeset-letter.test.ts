import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LetterContent } from '../../functions/letters/letter-content.ts';
import { isLetterError } from '../../functions/letters/letter-error.ts';
import { standardMessages } from '../../functions/letters/standard-messages.ts';
import { defineTypesetter } from '../../functions/letters/typeset-letter.ts';
import { writeLetter } from '../../functions/letters/write-letter.ts';
import { sampleContent, sampleCountries } from '../../infra/tools/letter-samples/sample-content.ts';
import { currencyList } from '../../shared/kernel/iso.ts';
import { aFurtherText, aLetterContent, aText, repositoryLetterAssets } from '../support/a-letter.ts';
import { readPdf, withoutSpace } from '../support/read-pdf.ts';
import { firstOutOfOrder, wordsOf } from '../support/words-of-a-page.ts';

const typesetLetter = defineTypesetter(repositoryLetterAssets);

const languages = Object.keys(sampleCountries) as (keyof typeof sampleCountries)[];
/** Written in scripts that the system has no words of its own in. */
const further = [
  ['el', 'GR', 'Υπουργείο Υγείας'],
  ['he', 'IL', 'משרד הבריאות (ירושלים)'],
  ['th', 'TH', 'กระทรวงสาธารณสุข'],
  ['ko', 'KR', '보건복지부'],
  ['am', 'ET', 'የጤና ሚኒስቴር'],
  ['ta', 'LK', 'சுகாதார அமைச்சு'],
] as const;
const letters: [language: string, letter: LetterContent][] = [
  ...languages.map((language): [string, LetterContent] => [language, sampleContent(language)]),
  ...further.map(([language, country, office]): [string, LetterContent] => [
    language,
    aLetterContent({
      language,
      text: aFurtherText(language),
      addressee: { office, country },
      replyBy: '2027-01-21',
    }),
  ]),
];

describe.each(letters)('a letter in %s', (_, letter) => {
  it('gives back its text in reading order, to the last digit and bracket', async () => {
    const { text } = await readPdf(typesetLetter(letter));

    expect(firstOutOfOrder(wordsOf(writeLetter(letter)), text.normalize('NFC'))).toBeUndefined();
  });

  it('is a tagged PDF/UA-1 that says its language and title, and describes its pictures', async () => {
    const page = writeLetter(letter);
    const pdf = await readPdf(typesetLetter(letter));

    expect(pdf.marked).toBe(true);
    expect(pdf.uaPart).toBe('1');
    expect(pdf.language).toBe(`${page.language}-${page.region}`);
    expect(pdf.title).toBe(page.title);
    expect(pdf.alts).toEqual([page.verify.alt, page.chart?.alt]);
    for (const role of ['H1', 'H2', 'P', 'Table', 'TH', 'TD', 'L', 'Figure'])
      expect(pdf.roles).toContain(role);
  });

  it('numbers its pages in its own digits, and repeats there its reference, date and count', async () => {
    const page = writeLetter(letter);
    const { artifacts, pages } = await readPdf(typesetLetter(letter));

    const count = (n: number) => page.digits[n] ?? '';
    for (const [at, foot] of artifacts.entries()) {
      const said = page.page.replace('{page}', count(at + 1)).replace('{pages}', count(pages));
      expect(foot).toContain(withoutSpace(said));
      expect(foot).toContain('MHFA-2026-7K3QX2RD');
      // For those who do not read the script.
      expect(foot).toContain(
        withoutSpace(`${letter.date} · ${letter.occasion.reached} ≥ ${letter.occasion.threshold}`),
      );
    }
  });
});

it('samples show each language that the system writes by itself', () => {
  expect(languages.toSorted()).toEqual(Object.keys(standardMessages).toSorted());
});

describe('a letter', () => {
  it.each(languages)('of usual content in %s is of one page, of two at most', async (language) => {
    const { pages } = await readPdf(typesetLetter(sampleContent(language)));

    expect(pages).toBeLessThanOrEqual(['de', 'ru'].includes(language) ? 2 : 1);
  });

  it('is byte-equal when its content is', () => {
    const elsewhere = defineTypesetter(repositoryLetterAssets);

    expect(elsewhere(aLetterContent())).toEqual(typesetLetter(aLetterContent()));
  });

  it('is marked on each page when it is a draft, and on none when it is not', async () => {
    const asks = Array.from({ length: 10 }, () => sentence);
    const long = aLetterContent({ text: aText({ asks }), draft: true });
    const draft = await readPdf(typesetLetter(long));
    const final = await readPdf(typesetLetter({ ...long, draft: false }));

    expect(draft.artifacts.length).toBeGreaterThan(1);
    // Once above the text, and once behind it.
    for (const shown of draft.artifacts) expect(shown.split('DRAFT–NOTSENT')).toHaveLength(3);
    expect(final.text).not.toContain('DRAFT');
  });

  it('has a place for three voices, each with its author', async () => {
    const voices = ['I waited for fourteen months.', 'انتظرت أربعة عشر شهرا.', '我等了十四个月。'].map(
      (words, at) => ({
        words,
        author: `Voice ${at + 1}`,
      }),
    );
    const letter = aLetterContent({ voices });
    const pdf = await readPdf(typesetLetter(letter));

    expect(firstOutOfOrder(wordsOf(writeLetter(letter)), pdf.text)).toBeUndefined();
    expect(pdf.roles.filter((role) => role === 'BlockQuote')).toHaveLength(3);
  });

  it('links to the page where it can be checked, to the campaign, and to the mailbox for replies', async () => {
    const pdf = Buffer.from(typesetLetter(aLetterContent())).toString('latin1');

    for (const target of [aLetterContent().verifyUrl, aLetterContent().url, 'mailto:letters@example.org'])
      expect(pdf).toContain(`/URI (${target})`);
  });
});

describe('a letter with a character that no font has', () => {
  it.each(['Dr 😀 Achieng', 'ქართული'])('is not set: %s', (holder) => {
    const error = errorOf(() => typesetLetter(aLetterContent({ addressee: anOffice({ holder }) })));

    expect(isLetterError(error) && error.code).toBe('missing-glyph');
    expect(isLetterError(error) && error.facts.every((text) => holder.includes(text))).toBe(true);
    expect(isLetterError(error) && error.message).toContain('MHFA-2026-7K3QX2RD');
  });

  it('does not keep the next from being set', () => {
    errorOf(() => typesetLetter(aLetterContent({ addressee: anOffice({ holder: '😀' }) })));

    expect(typesetLetter(aLetterContent()).length).toBeGreaterThan(10_000);
  });
});

describe('what people wrote', () => {
  it.each([
    '#evil[ ] \\ $x$ @ref <label> *b* _i_ `raw` // ~ -- "q" \'s\'',
    '#import "/etc/passwd" #panic() ]}',
    '#{sys.inputs} #read("letter.typ") #eval("1+1")',
    '<script>alert(1)</script> &amp; <b>bold</b>',
    "{reached} {signatures, plural, one {#} other {#}} '{' #",
    'ends with a backslash \\',
  ])('is printed as it is: %s', async (odd) => {
    const voices = [{ words: odd, author: odd }];
    // What an ask says is a message of the campaign's own: there, ICU syntax is meant.
    const text = aText({ title: odd, place: odd, role: odd });
    const letter = aLetterContent({
      text,
      voices,
      organisations: [{ name: odd }],
      addressee: anOffice({ holder: odd }),
    });
    const pdf = await readPdf(typesetLetter(letter));

    expect(firstOutOfOrder(wordsOf(writeLetter(letter)), pdf.text)).toBeUndefined();
    expect(pdf.text.split(withoutSpace(odd)).length - 1).toBeGreaterThanOrEqual(8);
  });

  it('is printed as it is in names of any script, with counts of any size', async () => {
    const name = fc
      .array(fc.constantFrom(...names), { minLength: 1, maxLength: 8 })
      .map((words) => words.join(' '));
    const count = fc.integer({ min: 0, max: 999_999_999 });
    await fc.assert(
      fc.asyncProperty(
        name,
        name,
        count,
        fc.constantFrom(...languages),
        async (holder, office, signatures, language) => {
          const { figures } = aLetterContent();
          const letter = aLetterContent({
            language,
            addressee: anOffice({ holder, office }),
            figures: { ...figures, signatures },
            history: [
              { day: '2026-11-01', count: 0 },
              { day: '2026-11-22', count: signatures },
            ],
          });
          const { text, pages } = await readPdf(typesetLetter(letter));

          expect(pages).toBeLessThanOrEqual(2);
          expect(text).toContain(withoutSpace(writeLetter(letter).figures.rows[0]?.value ?? ''));
          if (language === 'en' && /^[\p{Script=Latin} ]+$/u.test(holder))
            expect(text).toContain(withoutSpace(holder));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a letter of extremes', () => {
  it.each([
    'Ministry of Health, Social Affairs, Family Welfare and the Advancement of Mental Well-being of the Whole People of the Isles',
    'A'.repeat(120),
    '健'.repeat(120),
  ])(
    'holds names of 120 characters, ten lines of address and nine-digit counts on two pages: %s',
    async (name) => {
      const addressLines = Array.from({ length: 10 }, (_, i) => `Line ${i + 1} of the address`);
      const letter = aLetterContent({
        addressee: { holder: name, office: name, country: 'BA', addressLines },
        organisations: [{ name }, { name, country: 'BA' }],
        text: aText({ title: name, role: name }),
        signatory: { name, organisation: `${name} II`, email: 'letters@example.org' },
        ...nineDigits,
      });
      const { text, pages } = await readPdf(typesetLetter(letter));

      expect(pages).toBeLessThanOrEqual(2);
      expect(firstOutOfOrder(wordsOf(writeLetter(letter)), text)).toBeUndefined();
      for (const number of ['123,456,789', '987,654,321', 'BosniaandHerzegovina'])
        expect(text).toContain(number);
    },
  );

  it('holds a count of one', async () => {
    const { pledges, ...figures } = aLetterContent().figures;
    const letter = aLetterContent({
      figures: {
        ...figures,
        signatures: 1,
        here: { signatures: 0 },
        countries: 1,
        pledges: pledges.slice(2),
        days: 1,
      },
      occasion: { scope: 'world', threshold: 1, reached: 1 },
      history: [{ day: '2026-11-22', count: 1 }],
    });
    const { text, pages } = await readPdf(typesetLetter(letter));

    expect(pages).toBe(1);
    expect(text).toContain('1personwhohassigned');
  });

  it('holds ten asks of 400 characters, a hundred organisations and pledges in thirty currencies', async () => {
    const letter = aLetterContent({
      text: aText({ asks: Array.from({ length: 10 }, () => sentence) }),
      organisations: Array.from({ length: 100 }, (_, i) => ({
        name: `Association ${i} for Mental Health`,
        country: 'BA',
      })),
      figures: {
        ...aLetterContent().figures,
        pledges: currencyList
          .slice(0, 30)
          .map((currency) => ({ currency, count: 999, amountMinor: '12345678901234567' })),
      },
    });
    const { text, pages } = await readPdf(typesetLetter(letter));

    expect(pages).toBeLessThanOrEqual(5);
    for (const { name } of letter.organisations) expect(text).toContain(withoutSpace(name));
    expect(text.split('pledgestofund').length - 1).toBe(30);
  });
});

const sentence =
  'We ask that a lasting programme be written into national policy with a budget of its own, with indicators that are published each year and with people with lived experience in its design, in its governance and in its evaluation, so that no change of government or of fashion can end it before it has had the time to change the lives of those for whom it was made, in schools, at work, in care and at home.';

const names = [
  'Ministry',
  'Łukasz',
  'Nguyễn',
  'Björk-Guðmundsdóttir',
  'Владимировна',
  'Παπαδόπουλος',
  'محمد',
  '(القاهرة)',
  'אברהם',
  'प्रियंका',
  'কর্মসূচি',
  'சுகாதார',
  'กระทรวงสาธารณสุข',
  'ጤና',
  '山田太郎',
  'さくら',
  '보건복지부',
  '12/34',
  '(A & B)',
  '“Q”',
  '№ 7',
];

const nineDigits: Pick<LetterContent, 'occasion' | 'figures' | 'history'> = {
  occasion: { scope: 'BA', threshold: 100_000_000, reached: 123_456_789 },
  figures: {
    signatures: 987_654_321,
    here: { signatures: 123_456_789, rank: 1 },
    countries: 195,
    openedOn: '2016-10-10',
    days: 3_696,
    pledges: ['EUR', 'JPY', 'KWD', 'USD'].map((currency) => ({
      currency,
      count: 123_456_789,
      amountMinor: 123_456_789_012,
    })),
  },
  history: [
    { day: '2026-11-01', count: 900_000_000 },
    { day: '2026-11-22', count: 987_654_321 },
  ],
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
