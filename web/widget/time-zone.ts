import { askForData } from './ask.ts';
import { countries } from './countries.ts';

/** Since ES2026; before that, a getter in some browsers. TypeScript does not know it yet. */
interface LocaleWithZones extends Intl.Locale {
  getTimeZones?(): string[] | undefined;
  timeZones?: string[];
}

/** The country (ISO 3166-1 alpha-2) of the browser's time zone; undefined if it has none, as UTC, or cannot be found. */
export async function countryOfTimeZone(stop: AbortSignal): Promise<string | undefined> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const file = zonesOf('FR') ? {} : (await askForData<Record<string, string>>('time-zones', stop)).body;
  for (const country of countries) {
    if ((zonesOf(country) ?? file?.[country]?.split(' '))?.includes(zone)) return country;
    // All of them in one go would keep a slow phone from answering its reader for a fifth of a second.
    await new Promise((done) => setTimeout(done));
  }
  return undefined;
}

function zonesOf(region: string): string[] | undefined {
  const locale: LocaleWithZones = new Intl.Locale('und', { region });
  return locale.getTimeZones?.() ?? locale.timeZones;
}
