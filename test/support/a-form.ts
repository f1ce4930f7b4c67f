import type { Page } from 'playwright-core';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { PageText } from '../../web/pages/page-text.ts';

/** Where a form is: a page, a frame, or a part of one. What roles find is what people find, in open shadow roots too. */
export type Place = Pick<Page, 'getByRole' | 'locator'>;

export interface Person {
  givenName: string;
  familyName: string;
  email: string;
  country: string;
}

/** What somebody promises. An amount in minor units is one of those suggested; a text is typed. */
export type Vow =
  | { support: true; organisation?: string }
  | { amount: number | string; currency: string; monthly?: boolean; organisation?: string };

export function aPerson(changes: Partial<Person> = {}): Person {
  return { givenName: 'Amina', familyName: 'Otieno', email: 'amina@example.org', country: 'KE', ...changes };
}

/** Fills in who it is, and ticks the first consent, which is the required one. */
export async function fillPerson(place: Place, t: PageText, person: Person): Promise<void> {
  await place.getByRole('textbox', { name: t('form.givenName') }).fill(person.givenName);
  await place.getByRole('textbox', { name: t('form.familyName') }).fill(person.familyName);
  await place.getByRole('textbox', { name: t('form.email') }).fill(person.email);
  await place.getByRole('combobox', { name: t('form.country') }).selectOption(person.country);
  await place.getByRole('checkbox').first().check();
}

/** Who it is as far as it is filled in; whether the first consent is ticked. */
export async function readPerson(place: Place, t: PageText): Promise<Person & { agrees: boolean }> {
  const typed = (label: 'form.givenName' | 'form.familyName' | 'form.email') =>
    place.getByRole('textbox', { name: t(label) }).inputValue();
  return {
    givenName: await typed('form.givenName'),
    familyName: await typed('form.familyName'),
    email: await typed('form.email'),
    country: await place.getByRole('combobox', { name: t('form.country') }).inputValue(),
    agrees: await place.getByRole('checkbox').first().isChecked(),
  };
}

/** Fills in what is promised: in the widget, or in the plain form, which has no amounts to choose. */
export async function fillVow(place: Place, t: PageText, vow: Vow): Promise<void> {
  if ('support' in vow) await place.getByRole('radio', { name: t('form.type.support') }).check();
  else await fillMoney(place, t, vow);
  if (vow.organisation === undefined) return;
  await place.getByRole('radio', { name: t('form.pledgerType.organisation') }).check();
  await place.getByRole('textbox', { name: t('form.pledgerName') }).fill(vow.organisation);
}

export async function submit(place: Place, t: PageText, kind: ActionKind): Promise<void> {
  await place.getByRole('button', { name: t(`${kind}.submit`), exact: true }).click();
}

type Money = Exclude<Vow, { support: true }>;

async function fillMoney(place: Place, t: PageText, { amount, currency, monthly }: Money): Promise<void> {
  const suggestions = place.locator('[name="suggested"]:visible');
  await place.getByRole('combobox', { name: t('form.currency') }).selectOption(currency);
  if (typeof amount === 'number' && (await suggestions.count()) > 0)
    await place.locator(`[name="suggested"][value="${amount}"]`).check();
  else {
    const own = place.getByRole('radio', { name: t('form.amount.own') });
    if ((await own.count()) > 0) await own.check();
    const typed = typeof amount === 'number' ? String(amount / 100) : amount;
    await place.getByRole('textbox', { name: t('form.amount'), exact: true }).fill(typed);
  }
  if (monthly) await place.getByRole('radio', { name: t('form.interval.monthly') }).check();
}
