import { countryList } from '../../shared/kernel/iso.ts';

/** Languages that the demo campaign has letters in. */
export const letterLanguages = [
  'en',
  'fr',
  'es',
  'pt',
  'ar',
  'hi',
  'zh',
  'sw',
  'ru',
  'de',
  'ja',
  'bn',
] as const;

/** Health ministries of so many countries, but for those named, in the campaign's languages in turn; as they are imported. */
export function healthMinistries(count: number, without: string[]) {
  const countries = countryList.filter((country) => !without.includes(country)).slice(0, count);
  return countries.map((country, at) => ({
    id: `${country.toLowerCase()}-health`,
    classification: 'health-ministry',
    area_id: country,
    label: { en: `Ministry of Health of ${country}` },
    languages: [letterLanguages[at % letterLanguages.length]],
    channel: 'email',
    contact_details: [
      {
        type: 'email',
        value: `minister.${country.toLowerCase()}@health.example.org`,
        status: 'verified',
      },
    ],
    sources: [{ note: 'Invented for a test' }],
    updated_at: '2026-10-01',
  }));
}
