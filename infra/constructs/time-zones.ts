import { countryList } from '../../shared/kernel/iso.ts';

/** Since ES2026's Intl.Locale Info; TypeScript does not know it yet. */
interface LocaleWithZones extends Intl.Locale {
  getTimeZones?(): string[] | undefined;
}

/**
 * Zones by the names that CLDR, and so Node, keeps for them, with those that IANA has given them since ("backward" in its
 * database): some browsers know them by the one, some by the other.
 */
export const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Time zones of each country (ISO 3166-1 alpha-2), by Node's own CLDR, for browsers that do not know them themselves. */
export function readTimeZones(): Record<string, string> {
  const zones = countryList.map((country) => [country, zonesOf(country).join(' ')] as const);
  return Object.fromEntries(zones.filter(([, names]) => names !== ''));
}

function zonesOf(country: string): string[] {
  const locale = new Intl.Locale('und', { region: country }) as LocaleWithZones;
  const zones = locale.getTimeZones?.() ?? [];
  return zones.flatMap((zone) => [zone, ...(renamed[zone] ? [renamed[zone]] : [])]);
}
