import { describe, expect, test } from 'vitest';
import { fromActionForm, PledgeRequest } from '../../functions/actions/action-request.ts';
import { fromForm } from '../../shared/http/form.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { actionForm, fieldNames } from '../../web/pages/action-form.ts';
import { type FormState, fieldId, showErrors } from '../../web/pages/form-state.ts';
import { toMarkup } from '../../web/pages/html.ts';
import { pageText } from '../../web/pages/page-text.ts';
import { aPublicCampaign, aPublicOffer, attributesOf, fieldsOf, structureOf } from '../support/a-page.ts';

const pledges = '/c/mental-health-for-all/pledges';
const person = { givenName: 'Amina', familyName: 'Otieno', email: 'amina@example.org' };
const chosen = { country: 'KE', currency: 'EUR' };
const both = aPublicOffer({ types: ['money', 'support'] });

describe('the form of a pledge', () => {
  test('asks for money, and requires it, where the campaign takes nothing else', () => {
    const form = toForm(aPublicOffer());
    expect(fieldsOf(form, pledges)).not.toHaveProperty('type');
    expect(elementWith(form, 'majorAmount')).toMatch(/ required/);
    expect(form).toContain('Nobody is charged now');
    expect(form).not.toContain('No money is asked of you');
  });

  test('lets choose between money and backing without it, with a word on each, and requires no amount', () => {
    const form = toForm(both);
    expect(fieldsOf(form, pledges)).toMatchObject({ type: 'money', interval: 'once' });
    for (const name of ['majorAmount', 'currency']) expect(elementWith(form, name)).not.toMatch(/ required/);
    expect(describing(form, 'pledge-type')).toContain('Nobody is charged now');
    expect(describing(form, 'pledge-type-support')).toContain('No money is asked of you');
    expect(form).toMatch(/<fieldset class="money"><legend>An amount of money<\/legend>/);
  });

  test('asks for nothing of money where the campaign takes backing only', () => {
    const form = toForm(aPublicOffer({ types: ['support'] }));
    expect(fieldsOf(form, pledges)).toMatchObject({ type: 'support' });
    expect(form).not.toMatch(/majorAmount|interval|Nobody is charged now/);
    expect(sent(form, {})).toMatchObject({ type: 'support', pledger: { type: 'individual' } });
  });

  test('sends backing that the API takes, although it sends all its fields', () => {
    const body = sent(toForm(both), { type: 'support', 'pledger[name]': 'left over' });
    expect(body).toMatchObject({ type: 'support', pledger: { type: 'individual' } });
    expect(JSON.stringify(body)).not.toMatch(/amount|currency|interval|left over/i);
  });

  test('offers conditions only where the campaign does, with none chosen', () => {
    expect(toForm(both)).not.toContain('condition');
    const form = toForm({ ...both, conditions: [100, 1_000] });
    expect(fieldsOf(form, pledges)).toMatchObject({ 'condition[atLeast]': '' });
    expect(form).toContain('Only once 1,000 pledges are confirmed');
    expect(sent(form, { majorAmount: '25' })).not.toHaveProperty('condition');
    expect(sent(form, { majorAmount: '25', 'condition[atLeast]': '100' })).toMatchObject({
      amount: 2_500,
      condition: { atLeast: 100 },
    });
  });

  test('keeps what was chosen when something was wrong', () => {
    const offer = { ...both, conditions: [100] };
    const values = { type: 'support', condition: { atLeast: '100' }, pledger: { type: 'organisation' } };
    expect(fieldsOf(toForm(offer, { values }), pledges)).toMatchObject({
      type: 'support',
      'condition[atLeast]': '100',
      'pledger[type]': 'organisation',
    });
  });

  test('says suggested amounts in a line of their own, by the order of their currencies', () => {
    const offer = { ...both, suggested: { JPY: [3_000], EUR: [1_000, 2_500] } };
    const form = toForm(offer, { language: 'zh' }).replaceAll('\u200b', '');
    expect(form).toContain('例如25或25.50。<br>建议金额：€10.00、€25.00或JP¥3,000。');
    expect(form).toContain('<option value="EUR" selected>');
    expect(toForm(aPublicOffer({ suggested: {} }))).not.toContain('<br>');
  });

  test('opens its answer in a page of its own where it is embedded', () => {
    expect(toForm(both)).not.toContain('target=');
    expect(toForm(both, {}, '_blank')).toMatch(/^<form [^>]* target="_blank">/);
  });

  test('has ids that are given once, each described by what is there, and no markup but ours', () => {
    const form = toForm({ ...both, conditions: [100, 1_000] });
    const ids = [...form.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, list = ''] of form.matchAll(/\s(?:for|aria-describedby)="([^"]+)"/g))
      for (const id of list.split(' ')) expect(ids).toContain(id);
    expect(structureOf(form)[0]).toMatch(/^form /);
  });
});

describe('what was wrong with a pledge', () => {
  const campaign = aPublicCampaign({ pledge: { ...both, conditions: [100] } });
  const names = fieldNames(campaign, 'pledge');

  test('is told in the order of the form, each at a field of it', () => {
    const pointers = ['/pledger/name', '/condition', '/interval', '/amount', '/type'];
    const errors = pointers.map((pointer) => ({ pointer, code: 'wrong', message: 'In English.' }));
    const shown = showErrors(errors, names, 'fr');
    expect(shown.map(({ field }) => field)).toEqual([
      'type',
      'majorAmount',
      'interval',
      'condition[atLeast]',
      'pledger[name]',
    ]);
    const form = toForm({ ...both, conditions: [100] }, { errors: shown, language: 'fr' });
    for (const { field = '', text } of shown) {
      expect(form).toContain(` id="${fieldId('pledge', field)}"`);
      expect(form).toContain(text);
      expect(text).not.toBe('In English.');
    }
  });

  test('is told at no field where the form does not have it', () => {
    const only = fieldNames(aPublicCampaign({ pledge: aPublicOffer({ types: ['support'] }) }), 'pledge');
    const errors = [{ pointer: '/type', code: 'not-offered', message: 'This campaign takes support.' }];
    expect(showErrors(errors, only, 'en')).toEqual([{ field: undefined, text: 'Choose what you pledge.' }]);
  });
});

type Offer = ReturnType<typeof aPublicOffer>;
type Shown = { language?: Language } & Partial<Pick<FormState, 'values' | 'errors'>>;

function toForm(pledge: Offer, { language = 'en', ...state }: Shown = {}, target?: '_blank'): string {
  const form = { language, t: pageText(language), kind: 'pledge' as const, values: {}, errors: [], ...state };
  return toMarkup(actionForm(aPublicCampaign({ language, pledge }), form, target));
}

/** What the API is handed when somebody fills the form in and sends it. */
function sent(form: string, typed: Record<string, string>): Record<string, unknown> {
  const fields = {
    ...fieldsOf(form, pledges),
    ...person,
    ...chosen,
    'consents[0][granted]': 'true',
    ...typed,
  };
  return PledgeRequest.parse(fromActionForm(fromForm(fields)));
}

function elementWith(form: string, name: string): string {
  return new RegExp(`<(?:input|select)[^>]* name="${name}"[^>]*>`).exec(form)?.[0] ?? '';
}

/** The text that describes the input of this id. */
function describing(form: string, id: string): string {
  const [input = ''] = new RegExp(`<input[^>]* id="${id}"[^>]*>`).exec(form) ?? [];
  const { 'aria-describedby': hint } = attributesOf(input);
  return new RegExp(`id="${hint}">([^<]*)<`).exec(form)?.[1] ?? '';
}
