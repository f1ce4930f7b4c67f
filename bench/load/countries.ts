import { readFileSync } from 'node:fs';
import { countryList } from '../../shared/kernel/iso.ts';
import type { Random } from './random.ts';

const file = new URL('../data/petition-by-country.csv', import.meta.url);

/** Picks countries as often as they signed the largest petition on record: see bench/data/README.md. */
export function realCountries(): (random: Random) => string {
  const known = new Set(countryList);
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const weights = rows
    .map((row) => row.split(','))
    .filter(([country = '']) => known.has(country))
    .map(([country = '', signatures]) => ({ country, signatures: Number(signatures) }));
  const all = weights.reduce((sum, { signatures }) => sum + signatures, 0);
  return (random) => {
    let left = random() * all;
    const chosen = weights.find(({ signatures }) => {
      left -= signatures;
      return left < 0;
    });
    return chosen?.country ?? 'GB';
  };
}
