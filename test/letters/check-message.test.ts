import fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { checkMessage } from '../../functions/letters/check-message.ts';
import { type Variable, variables } from '../../functions/letters/letter-messages.ts';

describe('a message is refused', () => {
  test.each([
    [
      'when a { is never closed',
      '{reached, number} people, {title',
      'message-syntax',
      /character 27, “\{title”/,
    ],
    ['when it names nothing', 'For {}', 'message-syntax', /character 5, .*Name a variable/],
    ['when a plural has no branches', '{reached, plural}', 'message-syntax', /Write a plural as/],
    ['when a branch is there twice', plural('one {#} one {#} other {#}'), 'message-syntax', /twice/],
    [
      'when it names something unknown',
      '{reached, number} {reachd, number}',
      'unknown-variable',
      /\{reachd\} is not known; there are title, office,/,
    ],
    [
      'when it names what another message knows',
      '{reached, number} {page}',
      'unknown-variable',
      /\{page\} is for other/,
    ],
    [
      'when it names what every object has',
      '{reached, number} {constructor}',
      'unknown-variable',
      /constructor/,
    ],
    ['when a number has no format', '{reached} people', 'wrong-kind', /write \{reached, number\}/],
    ['when a text is to be a number', '{reached, number} {title, number}', 'wrong-kind', /write \{title\}/],
    [
      'when a text is to be counted',
      '{reached, number} {date, plural, one {1} other {2}}',
      'wrong-kind',
      /no number/,
    ],
    [
      'when a date is to be formatted again',
      '{reached, number} {date, date}',
      'not-offered',
      /write \{date\}/,
    ],
    ['when a date is to be a time', '{reached, number} {date, time, short}', 'not-offered', /write \{date\}/],
    [
      'when it selects',
      '{reached, number} {office, select, x {1} other {2}}',
      'not-offered',
      /leave select out/,
    ],
    ['when a count is to be shortened', '{reached, number, ::compact-short}', 'not-offered', /printed whole/],
    ['when a count is to be a percentage', '{reached, number, percent}', 'not-offered', /printed whole/],
    ['when a plural is offset', plural('offset:1 one {#} other {#}'), 'not-offered', /offset/],
    [
      'when a branch is missing',
      plural('other {# people}'),
      'missing-branch',
      /Add one; en needs one, other/,
    ],
    ['when =1 is there and `one` is not', plural('=1 {#} other {#}'), 'missing-branch', /Add one/],
    [
      'when no number takes a branch',
      plural('zero {#} one {#} other {#}'),
      'unknown-branch',
      /No number is zero in en/,
    ],
    ['when no number is like that', plural('=01 {#} one {#} other {#}'), 'unknown-branch', /=01/],
    [
      'when an apostrophe hides a variable',
      "{reached, number} l'{title}",
      'quoted-words',
      /character 18, .*write ’/,
    ],
    [
      'when an apostrophe hides the count',
      plural("one {#} other {{reached, number} '# people'}"),
      'quoted-words',
      /write ’/,
    ],
    ['when a } is left over', '{reached, number} people}', 'stray-brace', /without its \{/],
    ['when it does not say the count', 'Many people signed.', 'missing-variable', /\{reached\}/],
    [
      'when a branch loses the count',
      plural('one {a person} other {people}'),
      'missing-variable',
      /\{reached\}/,
    ],
    [
      'when a branch of another plural loses the count',
      '{countries, plural, one {In one country} other {{reached, number} in #}}',
      'missing-variable',
      /\{reached\}/,
    ],
  ])('%s', (_, message, code, advice) => {
    expect(faultsOf('en', message)).toEqual([{ code, message: expect.stringMatching(advice) }]);
  });

  test.each([
    ['fr', plural('one {#} other {#}'), 'Add many; fr needs one, many, other.'],
    [
      'ar',
      plural('one {#} other {#}'),
      'Add zero, two, few, many; ar needs zero, one, two, few, many, other.',
    ],
    ['ru', plural('one {#} other {#}'), 'Add few, many; ru needs one, few, many, other.'],
    ['ja', plural('one {#} other {#}'), 'No number is one in ja; there are other, and =0, =1 and so on.'],
    ['fr', place('one {#er} two {#e} other {#e}'), 'No number is two in fr; there are one, other, and'],
    ['en', place('one {#st} other {#th}'), 'Add two, few; en needs one, two, few, other.'],
  ])('in %s when its branches are not those of the language: %s', (language, message, advice) => {
    expect(faultsOf(language, message).map((fault) => fault.message)).toEqual([
      expect.stringContaining(advice),
    ]);
  });

  test('in Russian when `one`, which is also 21, does not say which it is', () => {
    const message = plural('one {один человек} few {# человека} many {# человек} other {# человека}');
    expect(faultsOf('ru', message).map(({ code }) => code)).toEqual(['missing-variable']);
  });

  test('with all that is wrong in it, each in its place', () => {
    const message = '{signatres, number} by {date, date}, {reached, plural, one {{page}} other {#}}';
    expect(faultsOf('en', message).map((fault) => `${fault.code} ${/\d+/.exec(fault.message)}`)).toEqual([
      'unknown-variable 1',
      'not-offered 24',
      'unknown-variable 61',
    ]);
  });

  test('with its place counted in characters, not in code units', () => {
    expect(faultsOf('en', '😀😀 {reached}')[0]?.message).toMatch(/^At character 4, /);
  });
});

describe('a message is taken', () => {
  test.each([
    ['that says a number', '{ reached , number } people'],
    ['with the branches of its language', plural('=0 {nobody} one {one person} other {# people}')],
    [
      'with a plural in a plural',
      plural('one {# in {countries, plural, one {# country} other {# countries}}} other {#}'),
    ],
    ['with places', `{reached, number} ${place('one {#st} two {#nd} few {#rd} other {#th}')}`],
    ['with doubled apostrophes and typographic ones', "The minister''s and the people’s {reached, number}"],
    ['with a hashtag', '{reached, number} for #MentalHealth'],
    ['with markup, which is printed as it is', '{reached, number} <b>people</b> *in* #set $x$ \\ & <script>'],
  ])('%s', (_, message) => {
    expect(faultsOf('en', message)).toEqual([]);
  });

  test('in Czech without the branch of fractions', () => {
    expect(faultsOf('cs', plural('one {# člověk} few {# lidé} other {# lidí}'))).toEqual([]);
  });
});

test('whatever is taken can be said with any values, and nothing of its syntax is left', () => {
  let taken = 0;
  const property = fc.property(aMessage, aLanguage, someValues, (message, language, values) => {
    if (checkMessage({ words: message, language }).length > 0) return;
    taken += 1;
    const said = new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).format(values);
    expect(String(said)).not.toMatch(/[{}]/);
  });
  fc.assert(property, { numRuns: 2_000 });
  expect(taken).toBeGreaterThan(200);
});

/** Pieces of which some messages are right, most nearly. */
const aPiece = fc.constantFrom(
  ...[
    '{reached, number}',
    '{title}',
    '{date}',
    '{reached}',
    '{date, date}',
    '{nobody}',
    '{',
    '}',
    "'",
    "''",
    '#',
    '<b>',
  ],
  ...[
    '{reached, plural, one {# a} other {# b}}',
    '{reached, plural, other {# b}}',
    '=1 {x}',
    'other {y}',
    ',',
    'é',
    '😀',
  ],
  ...[
    '{reached, plural, one {#} few {#} many {#} other {#}}',
    '{reached, plural, one {#} many {#} other {{title}#}}',
  ],
  ...[
    '{reached, plural, zero {#} one {#} two {#} few {#} many {#} other {#}}',
    '{rank, selectordinal, other {#}}',
  ],
  ...[
    '{reached, number, ::currency/EUR}',
    '{reached,',
    ' plural,',
    ' select,',
    'offset:1',
    '{0}',
    '{__proto__}',
    ' and ',
  ],
);
const aMessage = fc
  .oneof(
    fc.array(aPiece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
  )
  .filter((message) => message === message.trim() && message !== '');
const aLanguage = fc.constantFrom('en', 'fr', 'ar', 'ru', 'ja', 'ko');
const aNumber = fc.nat({ max: 999_999_999 });
const someValues = fc.record(
  Object.fromEntries(
    Object.entries(variables).map(([name, kind]) => [
      name,
      kind === 'number' ? aNumber : fc.stringMatching(/^[\w<# ]*$/),
    ]),
  ) as Record<Variable, fc.Arbitrary<string | number>>,
);

function plural(branches: string): string {
  return `{reached, plural, ${branches}}`;
}

function place(branches: string): string {
  return `{reached, selectordinal, ${branches}}`;
}

/** As the opening of a letter, which has to say `reached`. */
function faultsOf(language: string, words: string) {
  return checkMessage({ words, language, key: 'openingWorld' });
}
