import { aSignature } from '../../test/support/a-person.ts';
import { realCountries } from '../load/countries.ts';

const pickCountry = realCountries();

/** What every contender is sent: the body of a request, by its place in the one order. */
export function payload(at: number): string {
  const person = isRepeated(at) ? at - 10 : at;
  const email = isInvalid(at) ? 'no address' : `supporter.${person}@example.org`;
  return JSON.stringify(aSignature({ email, country: countryOf(person), display: 'initials', source: 'qr' }));
}

/** How many of the first `count` requests are to be accepted, and how many signatures these are. */
export function expected(count: number): { accepted: number; signatures: number } {
  const valid = Array.from({ length: count }, (_, at) => at).filter((at) => !isInvalid(at));
  return { accepted: valid.length, signatures: valid.filter((at) => !isRepeated(at)).length };
}

/** One of a hundred is invalid. */
function isInvalid(at: number): boolean {
  return at % 100 === 50;
}

/** Five of a hundred are of somebody who has just signed. */
function isRepeated(at: number): boolean {
  return at % 20 === 19;
}

/** Steps of the golden ratio spread evenly: any run of people has the countries in about their shares. */
function countryOf(person: number): string {
  return pickCountry(() => (person * 0.618_033_988_749_895) % 1);
}
