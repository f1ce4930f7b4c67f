import { describe, expect, test } from 'vitest';
import { PledgeRequest, SignatureRequest } from '../../functions/actions/action-request.ts';
import { TokenRequest } from '../../functions/actions/token-request.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { aPledge, aSignature, aSupport } from '../support/a-person.ts';

/** Errors of a request as `pointer code`. */
function errorsOf(schema: Parameters<typeof validate>[0], body: unknown): string[] {
  try {
    validate(schema, body);
    return [];
  } catch (problem) {
    expect(problem).toBeInstanceOf(Problem);
    const { code, status, facts } = problem as Problem;
    expect({ code, status }).toEqual({ code: 'invalid-fields', status: 422 });
    for (const { message } of facts.errors ?? []) expect(message).toMatch(/^[A-Z].+\.$|^(?:Invalid|Too) /);
    return (facts.errors ?? []).map(({ pointer, code: rule }) => `${pointer} ${rule}`);
  }
}
const signing = (changes: Record<string, unknown>) => errorsOf(SignatureRequest, aSignature(changes));
const pledging = (changes: Record<string, unknown>) => errorsOf(PledgeRequest, aPledge(changes));

describe('a request', () => {
  test('is taken with no more than what is required', () => {
    expect(validate(SignatureRequest, aSignature())).toEqual({ ...aSignature(), display: 'anonymous' });
    expect(validate(PledgeRequest, aPledge())).toEqual({ ...aPledge(), display: 'anonymous', type: 'money' });
  });

  test.each([
    ['nothing', undefined, ' required'],
    ['null', null, ' invalid-type'],
    ['a list', [aSignature()], ' invalid-type'],
    ['a text', 'givenName=Amina', ' invalid-type'],
    ['a number', 1, ' invalid-type'],
  ])('is refused as a whole when it is %s', (_, body, error) => {
    expect(errorsOf(SignatureRequest, body)).toEqual([error]);
  });

  test('names every field that is missing', () => {
    expect(errorsOf(PledgeRequest, {})).toEqual([
      '/givenName required',
      '/familyName required',
      '/email required',
      '/country required',
      '/consents required',
      '/pledger required',
      '/amount required',
      '/currency required',
      '/interval required',
    ]);
  });

  test.each([
    [{ isAdmin: true }, ['/isAdmin unknown-field']],
    [{ 'a/b~c': 1 }, ['/a~1b~0c unknown-field']],
    [{ amount: 1, currency: 'EUR' }, ['/amount unknown-field', '/currency unknown-field']],
    [{ constructor: {} }, ['/constructor unknown-field']],
    [JSON.parse('{"__proto__":{"granted":true}}'), ['/__proto__ unknown-field']],
    [
      { consents: [{ id: 'privacy', version: 1, granted: true, at: 'now' }] },
      ['/consents/0/at unknown-field'],
    ],
  ])('is refused with fields that are not known: %j', (changes, errors) => {
    const body = { ...aSignature() };
    for (const [key, value] of Object.entries(changes))
      Object.defineProperty(body, key, { value, enumerable: true });
    expect(errorsOf(SignatureRequest, body)).toEqual(errors);
  });

  test.each([
    ['givenName', 7, 'invalid-type'],
    ['givenName', null, 'invalid-type'],
    ['givenName', ['Amina'], 'invalid-type'],
    ['email', { address: 'amina@example.org' }, 'invalid-type'],
    ['country', 404, 'invalid-type'],
    ['language', 1, 'invalid-type'],
    ['language', 'english please', 'invalid-format'],
    ['postalCode', 12_345, 'invalid-type'],
    ['postalCode', '1234567890123', 'too-big'],
    ['postalCode', '<b>', 'invalid-format'],
    ['display', 'everything', 'invalid-value'],
    ['partner', '', 'too-small'],
    ['source', 'x'.repeat(61), 'too-big'],
    ['consents', 'all', 'invalid-type'],
  ])('is refused when %s is %j', (field, value, code) => {
    expect(signing({ [field]: value })).toEqual([`/${field} ${code}`]);
  });

  test('names at most 100 fields, however many are wrong', () => {
    const unknown = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`f${at}`, 0]));
    expect(signing(unknown)).toHaveLength(100);
  });
});

describe('a name', () => {
  test.each([
    'O’Brien',
    "O'Brien",
    'J.R.R. Tolkien',
    'St.John',
    'Anna.Maria',
    'Dr. Io.',
    'M.Top',
    'Md.Rafiq',
    'Ma.de los Ángeles',
    'P.de Vries',
    'Ravi s/o K.Kumar',
    'Jean-Luc',
    'Ng',
    'Ó',
    'Ł',
    '李',
    '王小明',
    'عبد الرحمن',
    'محمد‌رضا', // with a zero-width non-joiner, as in Persian
    'ශ්‍රී', // with a zero-width joiner, as in Sinhala
    'नरेंद्र',
    'X Æ A-12',
    'Amina (Mimi)',
    '-',
    '.',
    'Com Net',
    'Netto.',
    'x'.repeat(100),
  ])('may be %s', (name) => {
    expect(signing({ givenName: name, familyName: name })).toEqual([]);
  });

  test('is trimmed', () => {
    expect(validate(SignatureRequest, aSignature({ givenName: '\t Amina \u00a0\n' }))).toMatchObject({
      givenName: 'Amina',
    });
  });

  test.each([
    ['nothing', '', 'too-small'],
    ['spaces', ' \u3000\u00a0', 'too-small'],
    ['joiners alone', '\u200d\u200c', 'unsafe-characters'],
    ['101 characters', 'x'.repeat(101), 'too-big'],
    ['a null', 'Ami\u0000na', 'unsafe-characters'],
    ['a line break', 'Amina\r\nBcc: all', 'unsafe-characters'],
    ['a C1 control', 'Ami\u0085na', 'unsafe-characters'],
    ['a delete', 'Amina\u007fX', 'unsafe-characters'],
    ['an escape', '\u001b[31mAmina', 'unsafe-characters'],
    ['a line separator', 'Amina\u2028Otieno', 'unsafe-characters'],
    ['a right-to-left override', 'Amina\u202egnp.exe', 'unsafe-characters'],
    ['an embedding', '\u202aAmina\u202c', 'unsafe-characters'],
    ['an isolate', '\u2066Amina\u2069', 'unsafe-characters'],
    ['half a character', 'Amina\ud83d', 'unsafe-characters'],
    ['a web address', 'https://spam.example', 'contains-url'],
    ['any scheme', 'see ftp://x', 'contains-url'],
    ['www', 'www.spam.example', 'contains-url'],
    ['www in capitals', 'Visit WWW.Spam.Example', 'contains-url'],
    ['a domain', 'Buy at spam.com now', 'contains-url'],
    ['a domain in capitals', 'SPAM.ORG', 'contains-url'],
    ['a domain of another country', 'casino.ru', 'contains-url'],
    ['a domain with an accent', 'é.com', 'contains-url'],
    ['a shortened address', 'bit.ly/x', 'contains-url'],
  ])('cannot be %s', (_, name, code) => {
    expect(signing({ givenName: name })).toEqual([`/givenName ${code}`]);
    expect(signing({ familyName: name })).toEqual([`/familyName ${code}`]);
    expect(pledging({ pledger: { type: 'organisation', name } })).toEqual([`/pledger/name ${code}`]);
  });
});

describe('an e-mail address', () => {
  test.each([
    'amina@example.org',
    'AMINA@EXAMPLE.ORG',
    "a.b+petition_1-x'y@sub.example.co.uk",
    'amina@example.photography',
    'amina@bücher.example',
    'amina@例え.テスト',
    'amina@उदाहरण.परीक्षा',
    'amina@xn--bcher-kva.example',
    'amina@xn--e1afmkfd.xn--p1ai',
    '1@2.example',
    `${'x'.repeat(64)}@example.org`,
  ])('may be %s', (email) => {
    expect(signing({ email })).toEqual([]);
  });

  test.each([
    ['nothing', '', 'invalid-format'],
    ['no @', 'amina', 'invalid-format'],
    ['two @', 'amina@home@example.org', 'invalid-format'],
    ['no dot in the domain', 'amina@example', 'invalid-format'],
    ['nothing before the @', '@example.org', 'invalid-format'],
    ['nothing after the @', 'amina@', 'invalid-format'],
    ['quotes', '"amina otieno"@example.org', 'invalid-format'],
    ['a name beside it', 'Amina <amina@example.org>', 'invalid-format'],
    ['two addresses', 'amina@example.org,bob@example.org', 'invalid-format'],
    ['a comment', 'amina(me)@example.org', 'invalid-format'],
    ['a space', 'amina otieno@example.org', 'invalid-format'],
    ['a line break', 'amina@example.org\nBcc:bob@example.org', 'invalid-format'],
    ['a null', 'ami\u0000na@example.org', 'invalid-format'],
    ['an accent before the @', 'josé@example.org', 'invalid-format'],
    ['another script before the @', '李@example.org', 'invalid-format'],
    ['a dot first', '.amina@example.org', 'invalid-format'],
    ['a dot before the @', 'amina.@example.org', 'invalid-format'],
    ['two dots', 'ami..na@example.org', 'invalid-format'],
    ['two dots in the domain', 'amina@example..org', 'invalid-format'],
    ['a dot at the end', 'amina@example.org.', 'invalid-format'],
    ['a number for an address', 'amina@10.0.0.1', 'invalid-format'],
    ['a literal for an address', 'amina@[10.0.0.1]', 'invalid-format'],
    ['a domain that IDNA refuses', 'amina@ab\u0660\u06f0.org', 'invalid-format'],
    ['a label over 63', `amina@${'x'.repeat(64)}.org`, 'invalid-format'],
    ['65 characters before the @', `${'x'.repeat(65)}@example.org`, 'invalid-format'],
    ['255 characters', `a@${`${'x'.repeat(60)}.`.repeat(4)}${'y'.repeat(9)}`, 'too-big'],
    ['16 kB', `a@${'x.'.repeat(8_000)}org`, 'too-big'],
  ])('cannot be %s', (_, email, code) => {
    expect(signing({ email })).toEqual([`/email ${code}`]);
  });
});

describe('a country and a currency', () => {
  test.each(['KE', 'GB', 'CI', 'TW', 'PS', 'AQ'])('%s is a country', (country) => {
    expect(signing({ country })).toEqual([]);
  });

  test.each([
    'ke',
    'Ke',
    ' KE',
    'KE ',
    'KEN',
    'K',
    '',
    'UK',
    'EU',
    'XK',
    'XX',
    'ZZ',
    'AA',
    'SU',
    '404',
    'ＫＥ',
    'constructor',
  ])('"%s" is no country', (country) => {
    expect(signing({ country })).toEqual(['/country unknown-country']);
  });

  test.each(['EUR', 'JPY', 'KWD', 'XOF', 'XAF', 'XPF', 'XCD'])('%s is a currency', (currency) => {
    expect(pledging({ currency })).toEqual([]);
  });

  test.each(['eur', ' EUR', 'EUR ', 'EURO', '€', '', 'XXX', 'XTS', 'XAU', 'XDR', 'ZZZ', 'DEM', 'toString'])(
    '"%s" is no currency',
    (currency) => {
      expect(pledging({ currency })).toEqual(['/currency unknown-currency']);
    },
  );
});

describe('an amount', () => {
  test.each([1, 2_500, 1_000_000_000_000])('may be %d', (amount) => {
    expect(pledging({ amount })).toEqual([]);
  });

  test.each([
    [0, 'too-small'],
    [-0, 'too-small'],
    [-2_500, 'too-small'],
    [25.5, 'invalid-type'],
    [0.1, 'invalid-type'],
    [1_000_000_000_001, 'too-big'],
    [Number.POSITIVE_INFINITY, 'invalid-type'],
    [Number.NaN, 'invalid-type'],
    ['2500', 'invalid-type'],
    ['', 'invalid-type'],
    [true, 'invalid-type'],
    [null, 'invalid-type'],
    [[2_500], 'invalid-type'],
  ])('cannot be %j', (amount, code) => {
    expect(pledging({ amount })).toEqual([`/amount ${code}`]);
  });

  test('beyond what a number can hold is refused', () => {
    for (const amount of [1e16, 1e300]) {
      expect(pledging({ amount })).toEqual(['/amount too-big']);
    }
  });
});

describe('a pledge without money', () => {
  test('is taken with nothing of money', () => {
    expect(validate(PledgeRequest, aSupport())).toEqual({ ...aSupport(), display: 'anonymous' });
  });

  test('is refused with any of it', () => {
    const money = { amount: 2_500, currency: 'EUR', interval: 'once' };
    expect(errorsOf(PledgeRequest, aSupport(money))).toEqual([
      '/amount only-for-money',
      '/currency only-for-money',
      '/interval only-for-money',
    ]);
    expect(errorsOf(PledgeRequest, aSupport({ currency: 'EUR' }))).toEqual(['/currency only-for-money']);
  });

  test.each([{ amount: null }, { amount: 'ten' }, { amount: -1 }, { currency: 'X' }, { interval: 'weekly' }])(
    'is refused once for what is wrong in itself as well: %j',
    (wrong) => {
      const [field] = Object.keys(wrong);
      expect(errorsOf(PledgeRequest, aSupport(wrong)).map((error) => error.split(' ')[0])).toEqual([
        `/${field}`,
      ]);
    },
  );

  test('of an organisation has its name', () => {
    expect(errorsOf(PledgeRequest, aSupport({ pledger: { type: 'organisation' } }))).toEqual([
      '/pledger/name required',
    ]);
  });
});

test('what is missing of a pledge is named beside all else that is wrong', () => {
  const pledger = { type: 'organisation' };
  const errors = pledging({ email: 'amina', amount: undefined, interval: undefined, pledger });
  expect(errors).toEqual([
    '/email invalid-format',
    '/pledger/name required',
    '/amount required',
    '/interval required',
  ]);
});

describe('the rest of a pledge', () => {
  test.each([
    [{ interval: 'weekly' }, '/interval invalid-value'],
    [{ interval: 12 }, '/interval invalid-value'],
    [{ type: 'time' }, '/type invalid-value'],
    [{ pledger: 'me' }, '/pledger invalid-type'],
    [{ pledger: {} }, '/pledger/type required'],
    [{ pledger: { type: 'government' } }, '/pledger/type invalid-value'],
    [{ pledger: { type: 'organisation' } }, '/pledger/name required'],
    [{ pledger: { type: 'individual', email: 'x' } }, '/pledger/email unknown-field'],
    [{ condition: { atLeast: 0 } }, '/condition/atLeast too-small'],
    [{ note: 'x'.repeat(501) }, '/note too-big'],
    [{ note: 'a\u0007b' }, '/note unsafe-characters'],
    [{ note: 'a\u202eb' }, '/note unsafe-characters'],
  ])('is refused with %j', (changes, error) => {
    expect(pledging(changes)).toEqual([error]);
  });

  test('may be a note of several lines', () => {
    expect(pledging({ note: 'For schools.\r\n\tAnd for teachers.' })).toEqual([]);
  });
});

describe('consents', () => {
  test.each([
    [[{}], ['/consents/0/id required', '/consents/0/version required', '/consents/0/granted required']],
    [[{ id: 'privacy', version: '1', granted: true }], ['/consents/0/version invalid-type']],
    [[{ id: 'privacy', version: 1.5, granted: true }], ['/consents/0/version invalid-type']],
    [[{ id: 'privacy', version: 1, granted: 'yes' }], ['/consents/0/granted invalid-type']],
    [[{ id: '', version: 1, granted: true }], ['/consents/0/id too-small']],
    [['privacy'], ['/consents/0 invalid-type']],
    [Array.from({ length: 21 }, () => ({ id: 'privacy', version: 1, granted: true })), ['/consents too-big']],
  ])('cannot be %j', (consents, errors) => {
    expect(signing({ consents })).toEqual(errors);
  });
});

test('a token is a text of at most 500 characters', () => {
  expect(errorsOf(TokenRequest, { token: 'k1.confirm.x' })).toEqual([]);
  expect(errorsOf(TokenRequest, {})).toEqual(['/token required']);
  expect(errorsOf(TokenRequest, { token: '' })).toEqual(['/token too-small']);
  expect(errorsOf(TokenRequest, { token: 'x'.repeat(501) })).toEqual(['/token too-big']);
  expect(errorsOf(TokenRequest, { token: ['x'] })).toEqual(['/token invalid-type']);
});
