import { countryList, currencyList, exponentOf } from '../../shared/kernel/iso.ts';

/** Each country as how far it is from the one before, in letters from `a`, as `web/widget/countries.ts` reads them. */
export function packCountries(): string {
  const places = countryList.map((code) => (code.charCodeAt(0) - 65) * 26 + code.charCodeAt(1) - 65);
  return String.fromCharCode(...places.map((place, at) => 96 + place - (places[at - 1] ?? -1)));
}

/** Codes one after the other, each with the digits of its minor unit if they are not two. */
export function packCurrencies(): string {
  return currencyList
    .map((currency) => currency + (exponentOf(currency) === 2 ? '' : exponentOf(currency)))
    .join('');
}
