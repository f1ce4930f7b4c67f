import { describe, expect, it, vi } from 'vitest';
import { packCountries, packCurrencies } from '../../infra/constructs/pack-iso.ts';
import { readTimeZones, renamed } from '../../infra/constructs/time-zones.ts';
import { countryList, currencyList, exponentOf } from '../../shared/kernel/iso.ts';

vi.stubGlobal('COUNTRY_STEPS', packCountries());
vi.stubGlobal('CURRENCIES', packCurrencies());
const { countries } = await import('../../web/widget/countries.ts');
const { currencies } = await import('../../web/widget/money.ts');
const { namesOf } = await import('../../web/widget/names-of.ts');

describe('the lists of the widget', () => {
  it('have the countries that the API takes', () => {
    expect(countries).toEqual(countryList);
  });

  it('have the currencies that the API takes, each with the digits of its minor unit', () => {
    expect(currencies).toEqual(Object.fromEntries(currencyList.map((code) => [code, exponentOf(code)])));
  });

  it('are in the order of the reader’s language', () => {
    const names = (language: string) => namesOf(['ZA', 'AT', 'EG'], 'region', language);
    expect(names('en')).toEqual([
      ['AT', 'Austria'],
      ['EG', 'Egypt'],
      ['ZA', 'South Africa'],
    ]);
    expect(names('de').map(([code]) => code)).toEqual(['EG', 'AT', 'ZA']);
    expect(namesOf(['KES', 'EUR'], 'currency', 'en')[0]).toEqual(['EUR', 'EUR – Euro']);
  });
});

describe('the names of time zones', () => {
  const all = Object.values(readTimeZones()).flatMap((names) => names.split(' '));

  it.each(Object.entries(renamed))('are both %s and %s, its name now', (before, now) => {
    expect(new Intl.DateTimeFormat('en', { timeZone: now }).resolvedOptions().timeZone).toBe(before);
    expect(all).toContain(before);
    expect(all).toContain(now);
  });
});
