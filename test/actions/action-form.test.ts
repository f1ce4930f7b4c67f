import { parse } from 'node:querystring';
import { describe, expect, test } from 'vitest';
import { fromActionForm, PledgeRequest, SignatureRequest } from '../../functions/actions/action-request.ts';
import { fromForm } from '../../shared/http/form.ts';

/** A posted body as its request sees it. */
const posted = (body: string) => fromForm(parse(body) as Record<string, string | string[]>);

describe('a posted form', () => {
  test('has the shape of the JSON body', () => {
    const body =
      'givenName=Amina&pledger[type]=individual&consents[0][id]=privacy&consents[0][version]=1&consents[1][id]=news';
    expect(posted(body)).toEqual({
      givenName: 'Amina',
      pledger: { type: 'individual' },
      consents: [{ id: 'privacy', version: '1' }, { id: 'news' }],
    });
  });

  test('leaves out what was left empty', () => {
    expect(posted('givenName=&note=&partner=other-org')).toEqual({ partner: 'other-org' });
    expect(posted('')).toEqual({});
  });

  test('has the last of what was sent twice, as a ticked box after its hidden default', () => {
    expect(posted('granted=false&granted=true')).toEqual({ granted: 'true' });
    expect(posted('a[b]=1&a[b]=2')).toEqual({ a: { b: '2' } });
  });

  test('keeps lists in the order of their numbers, without holes', () => {
    expect(posted('a[10]=third&a[2]=second&a[0]=first')).toEqual({ a: ['first', 'second', 'third'] });
    expect(posted('a[999]=only')).toEqual({ a: ['only'] });
  });

  test('is never a list itself', () => {
    expect(posted('0=a&1=b')).toEqual({ 0: 'a', 1: 'b' });
  });

  test('takes the last word when a field is a text and a group', () => {
    expect(posted('a=1&a[b]=2')).toEqual({ a: { b: '2' } });
    expect(posted('a[b]=2&a=1')).toEqual({ a: '1' });
  });

  test.each([
    '__proto__=x',
    '__proto__[polluted]=yes',
    '__proto__[__proto__][polluted]=yes',
    'constructor[prototype][polluted]=yes',
    'a[__proto__][polluted]=yes',
    'a[constructor][prototype]=x&a[hasOwnProperty]=x',
  ])('changes nothing but itself: %s', (body) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const form = posted(body);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(form)).toBe(Object.prototype);
    expect(SignatureRequest.safeParse(fromActionForm(form)).success).toBe(false);
  });

  test.each(['__proto__=x', '__proto__[a]=x'])('keeps %s as a field, which is then unknown', (body) => {
    const { error } = SignatureRequest.safeParse(fromActionForm(posted(`${signed}&${body}`)));
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['__proto__'] }]);
  });

  test.each(['a[b][c][d][e]=x', 'a[=x', 'a]=x', 'a[]=x', '[a]=x', 'a.b=x', '=x'])(
    'keeps a name of no form of ours whole: %s',
    (body) => {
      expect(posted(body)).toEqual({ [body.slice(0, -2)]: 'x' });
    },
  );

  test('is read quickly, however deep and however many', () => {
    const started = performance.now();
    const deep = `a${'[b]'.repeat(5_000)}`;
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f[${at}][${at}]`, 'x']));
    expect(Object.keys(fromForm({ [deep]: 'x' }))).toEqual([deep]);
    expect(Object.keys(fromForm(many)['f'] as object)).toHaveLength(10_000);
    posted('a&'.repeat(8_000));
    posted(`${'['.repeat(16_000)}=x`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

const signed =
  'givenName=Amina&familyName=Otieno&email=amina%40example.org&country=KE&consents[0][id]=privacy&consents[0][version]=1&consents[0][granted]=on';

describe('the form of an action', () => {
  test('has the types of the JSON body', () => {
    expect(SignatureRequest.parse(fromActionForm(posted(signed)))).toMatchObject({
      consents: [{ id: 'privacy', version: 1, granted: true }],
    });
  });

  test('takes a box that is not ticked, or ticked with another word, for not granted', () => {
    const consents = (rest: string) => fromActionForm(posted(`consents[0][id]=news${rest}`))['consents'];
    expect(consents('')).toMatchObject([{ granted: false }]);
    expect(consents('&consents[0][granted]=false')).toMatchObject([{ granted: false }]);
    expect(consents('&consents[0][granted]=true')).toMatchObject([{ granted: true }]);
    expect(consents('&consents[0][granted]=on')).toMatchObject([{ granted: true }]);
  });

  test.each([
    ['consents=privacy', ['consents']],
    ['consents[0]=privacy', ['consents', 0]],
    ['consents[0][0]=privacy', ['consents', 0]],
    ['consents[privacy]=on', ['consents']],
    ['consents[0][id]=privacy&consents[0][version]=one', ['consents', 0, 'version']],
    ['consents[0][id]=privacy&consents[0][version]=-1.5', ['consents', 0, 'version']],
  ])('leaves what cannot be converted as typed, for the schema to name: %s', (consents, path) => {
    const body = signed.replace(/consents.*/, consents);
    const { error } = SignatureRequest.safeParse(fromActionForm(posted(body)));
    expect(error?.issues.map((issue) => issue.path)).toEqual([path]);
  });

  test.each(['partner', 'source'])('leaves out a %s that can be on no list', (field) => {
    const bodyOf = (value: string) => fromActionForm(posted(`${signed}&${field}${value}`));
    for (const value of [`=${'x'.repeat(61)}`, '[0]=x', '[a]=x']) {
      expect(bodyOf(value)).not.toHaveProperty(field);
      expect(SignatureRequest.safeParse(bodyOf(value)).success).toBe(true);
    }
    expect(bodyOf('=some-name')).toMatchObject({ [field]: 'some-name' });
  });

  test('without any consent has none', () => {
    expect(fromActionForm({})).toEqual({ consents: [] });
  });
});

describe('an amount as people write it', () => {
  test.each([
    ['25', 'EUR', 2_500],
    ['25,5', 'EUR', 2_550],
    ['25.50', 'EUR', 2_550],
    [' 25 ', 'EUR', 2_500],
    ['0025', 'EUR', 2_500],
    ['3000', 'JPY', 3_000],
    ['1.234', 'KWD', 1_234],
    ['1,2', 'KWD', 1_200],
    ['٢٥', 'EUR', 2_500],
    ['10000000000', 'EUR', 1_000_000_000_000],
  ])('%s %s is %d minor units', (majorAmount, currency, amount) => {
    expect(pledgeOf({ majorAmount, currency })).toMatchObject({ success: true, data: { amount } });
  });

  test.each([
    ['25.555', 'EUR'],
    ['1.000', 'EUR'],
    ['1,000', 'EUR'],
    ['1.000,00', 'EUR'],
    ['1,000.00', 'EUR'],
    ['1 000', 'EUR'],
    ['3000.5', 'JPY'],
    ['3,000', 'JPY'],
    ['3000.0', 'JPY'],
    ['1.2345', 'KWD'],
    ['0', 'EUR'],
    ['0.00', 'EUR'],
    ['-25', 'EUR'],
    ['+25', 'EUR'],
    ['25.', 'EUR'],
    ['.5', 'EUR'],
    ['1e3', 'EUR'],
    ['0x19', 'EUR'],
    ['€25', 'EUR'],
    ['25 EUR', 'EUR'],
    ['10000000000.01', 'EUR'],
    ['99999999999999', 'EUR'],
    ['9'.repeat(400), 'EUR'],
  ])('%s %s is refused, not guessed', (majorAmount, currency) => {
    const { error } = pledgeOf({ majorAmount, currency });
    expect(error?.issues.map((issue) => issue.path)).toEqual([['amount']]);
  });

  test('in an unknown currency is only refused for its currency', () => {
    const { error } = pledgeOf({ majorAmount: '25', currency: 'eur' });
    expect(error?.issues.map((issue) => issue.path)).toEqual([['currency']]);
  });

  test('is asked for when it was left empty, and goes before minor units', () => {
    expect(pledgeOf({ currency: 'EUR' }).error?.issues.map((issue) => issue.path)).toEqual([['amount']]);
    expect(pledgeOf({ majorAmount: '25', amount: '1', currency: 'EUR' })).toMatchObject({
      data: { amount: 2_500 },
    });
    expect(pledgeOf({ amount: '2500', currency: 'EUR' })).toMatchObject({ data: { amount: 2_500 } });
  });

  test('has a name that JSON does not know', () => {
    const { error } = PledgeRequest.safeParse({ ...pledgeFields(), majorAmount: '25' });
    expect(error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
  });
});

describe('a form that has all of its fields', () => {
  const all = 'majorAmount=25&currency=EUR&interval=once&pledger[name]=www.x.example&condition[atLeast]=';

  test('pledges no money when backing without money is chosen, and nobody’s organisation', () => {
    const body = `${signed}&${all}&type=support&pledger[type]=individual`;
    expect(PledgeRequest.parse(fromActionForm(posted(body)))).toEqual({
      ...SignatureRequest.parse(fromActionForm(posted(signed))),
      type: 'support',
      pledger: { type: 'individual' },
    });
  });

  test('is not refused for an amount that is no number when none is asked', () => {
    const body = `${signed}&majorAmount=ten&amount=ten&currency=X&type=support&pledger[type]=individual`;
    expect(PledgeRequest.safeParse(fromActionForm(posted(body))).success).toBe(true);
  });

  test('keeps the name of an organisation that pledges, and is refused for a wrong one', () => {
    const { error } = PledgeRequest.safeParse(
      fromActionForm(posted(`${signed}&${all}&type=support&pledger[type]=organisation`)),
    );
    expect(error?.issues.map((issue) => issue.path)).toEqual([['pledger', 'name']]);
  });

  test('has a condition as a number, none when none is chosen, and as typed when it is no number', () => {
    const conditionOf = (text: string) => fromActionForm(posted(`condition[atLeast]=${text}`))['condition'];
    expect([conditionOf('100'), conditionOf(''), conditionOf('all')]).toEqual([
      { atLeast: 100 },
      undefined,
      { atLeast: 'all' },
    ]);
    expect(fromActionForm(posted('condition=100'))).toMatchObject({ condition: '100' });
  });
});

function pledgeOf(fields: Record<string, string>) {
  return PledgeRequest.safeParse(fromActionForm({ ...pledgeFields(), ...fields }));
}

function pledgeFields() {
  return posted(`${signed}&interval=once&pledger[type]=individual`);
}
