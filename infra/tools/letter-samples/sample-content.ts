import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Campaign } from '../../../functions/campaigns/campaign.ts';
import { type Occasion, toContent } from '../../../functions/letters/compose-letter.ts';
import type { LetterContent } from '../../../functions/letters/letter-content.ts';
import { LetterText } from '../../../functions/letters/letter-text.ts';
import { Organisation } from '../../../functions/network/organisation.ts';
import { Target } from '../../../functions/targets/target.ts';
import { countryList } from '../../../shared/kernel/iso.ts';

/** The languages that the system writes letters in by itself, and a country whose office reads each. */
export const sampleCountries = {
  en: 'GB',
  fr: 'FR',
  es: 'MX',
  pt: 'BR',
  ar: 'EG',
  hi: 'IN',
  zh: 'CN',
  sw: 'KE',
  ru: 'RU',
  de: 'DE',
  ja: 'JP',
  bn: 'BD',
} as const;
export type SampleLanguage = keyof typeof sampleCountries;

const slug = 'mental-health-for-all';
const seed = new URL('../../seed/', import.meta.url);
const day = 24 * 60 * 60 * 1_000;
const writtenAt = Date.parse('2026-11-22T09:00:00Z');
const signatures = 12_840;

/** A letter of the seeded campaign at its milestone of 10,000, by invented figures. */
export function sampleContent(language: SampleLanguage): LetterContent {
  const campaign = readCampaign();
  const { letters } = campaign;
  if (!letters) throw new Error('The seeded campaign writes no letters');
  const parties = {
    campaign: { ...campaign, letters },
    organisations: readOrganisations(campaign),
    target: readOffice(sampleCountries[language]),
    text: { ...readText(language), campaign: slug, language, version: 1, savedAt: writtenAt },
    fallback: false,
  };
  return toContent(
    sampleOccasion(campaign, sampleCountries[language]),
    parties,
    'https://groundswell.example.org',
  );
}

function sampleOccasion(campaign: Campaign, country: string): Occasion {
  return {
    number: 'MHFA-2026-7K3QX2RD',
    country,
    occasion: { scope: 'world', threshold: 10_000 },
    figures: {
      signatures,
      byCountry: shareOut(
        signatures,
        [...new Set([...Object.values(sampleCountries), ...countryList])].slice(0, 61),
      ),
      pledges: [
        { currency: 'EUR', count: 212, amount: 845_000 },
        { currency: 'KES', count: 64, amount: 9_650_000 },
      ],
    },
    history: grow(Date.parse(campaign.opensAt), writtenAt),
    requestedAt: writtenAt,
  };
}

/** Some sign a lot, and most a little: each country has a share in inverse proportion to its place. */
function shareOut(total: number, countries: string[]): Record<string, number> {
  const weights = countries.map((_, place) => 1 / (place + 2));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return Object.fromEntries(
    countries.map((country, place) => [country, Math.round((total * (weights[place] ?? 0)) / sum)]),
  );
}

/** A slow start, a rush, and the end of the rush: the logistic curve. */
function grow(from: number, to: number): Occasion['history'] {
  const days = Math.floor((to - from) / day) + 1;
  const curve = (at: number) => 1 / (1 + Math.exp((days * 0.6 - at) / (days / 9)));
  return Array.from({ length: days }, (_, at) => ({
    day: new Date(from + at * day).toISOString().slice(0, 10),
    count: Math.round((signatures * curve(at)) / curve(days - 1)),
  }));
}

function readCampaign(): Campaign {
  return Campaign.parse({
    ...(readJson(`campaigns/${slug}.json`) as object),
    salt: 'not needed for a letter',
  });
}

function readOrganisations({ owner, partners }: Campaign): Organisation[] {
  const { organisations } = z
    .object({ organisations: z.array(Organisation) })
    .parse(readJson('network.json'));
  return [owner, ...partners].flatMap((wanted) => organisations.filter((one) => one.slug === wanted));
}

function readOffice(country: string): Target {
  const own = JSON.parse(readFileSync(new URL('offices.json', import.meta.url), 'utf8'));
  const offices = z.array(Target).parse([...(readJson('targets.json') as unknown[]), ...own]);
  const office = offices.find(({ area_id }) => area_id === country);
  if (!office) throw new Error(`No office of ${country} in infra/seed/targets.json or in offices.json`);
  return office;
}

function readText(language: SampleLanguage): LetterText {
  return LetterText.parse(readJson(`letters/${slug}/${language}.json`));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, seed), 'utf8'));
}
