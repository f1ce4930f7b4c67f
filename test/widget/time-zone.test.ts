import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { packCountries } from '../../infra/constructs/pack-iso.ts';
import { readTimeZones } from '../../infra/constructs/time-zones.ts';
import { countryList } from '../../shared/kernel/iso.ts';

const zones = readTimeZones();
let widget: typeof import('../../web/widget/time-zone.ts');
beforeAll(async () => {
  vi.stubGlobal('COUNTRY_STEPS', packCountries());
  vi.stubGlobal('DATA_FILES', '/assets/widget-*.json');
  widget = await import('../../web/widget/time-zone.ts');
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => {
  vi.unstubAllGlobals();
});

/** A browser whose clock is there; by `Intl.Locale` it may know itself which zones a country has. */
function aBrowserIn(timeZone: string, knowsZones: boolean): { asked: string[] } {
  const asked: string[] = [];
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({
    timeZone,
  } as Intl.ResolvedDateTimeFormatOptions);
  if (!knowsZones) forgetZones();
  vi.stubGlobal('fetch', async (address: URL) => {
    asked.push(address.pathname);
    return Response.json(zones);
  });
  return { asked };
}

/** As browsers without ES2026's Intl.Locale Info. */
function forgetZones(): void {
  const locale = Intl.Locale.prototype as unknown as { getTimeZones(): undefined; timeZones: undefined };
  vi.spyOn(locale, 'getTimeZones').mockReturnValue(undefined);
  if ('timeZones' in locale) vi.spyOn(locale, 'timeZones', 'get').mockReturnValue(undefined);
}

function country(): Promise<string | undefined> {
  return widget.countryOfTimeZone(new AbortController().signal);
}

describe('the file of time zones', () => {
  test('has countries of ISO 3166-1 alone, and nearly all of them', () => {
    expect(Object.keys(zones).filter((code) => !countryList.includes(code))).toEqual([]);
    const without = countryList.filter((code) => !zones[code]);
    // Islands without inhabitants.
    expect(without).toEqual(['BV', 'HM']);
  });

  test('tells one country for each zone', () => {
    const all = Object.values(zones).flatMap((names) => names.split(' '));
    expect(all.length).toBeGreaterThan(400);
    expect(new Set(all).size).toBe(all.length);
  });
});

const places = [
  ['Africa/Nairobi', 'KE'],
  ['Africa/Algiers', 'DZ'],
  ['America/Mexico_City', 'MX'],
  ['America/Sao_Paulo', 'BR'],
  ['Asia/Shanghai', 'CN'],
  ['Asia/Tokyo', 'JP'],
  ['Europe/Paris', 'FR'],
  ['Europe/Berlin', 'DE'],
  ['Pacific/Auckland', 'NZ'],
] as const;

/** Cities that were renamed, by both names: some browsers say the old one, some the new one. */
const renamedPlaces = [
  ['Asia/Calcutta', 'Asia/Kolkata', 'IN'],
  ['Asia/Katmandu', 'Asia/Kathmandu', 'NP'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh', 'VN'],
  ['Asia/Rangoon', 'Asia/Yangon', 'MM'],
  ['Europe/Kiev', 'Europe/Kyiv', 'UA'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires', 'AR'],
] as const;

describe('the country of a clock', () => {
  test.each(renamedPlaces)('at %s, now %s, is %s', async (before, now, expected) => {
    for (const zone of [before, now]) {
      aBrowserIn(zone, false);
      expect(await country()).toBe(expected);
      vi.restoreAllMocks();
    }
  });

  test.each(places)('at %s is %s, as the browser knows', async (zone, expected) => {
    const { asked } = aBrowserIn(zone, true);
    expect(await country()).toBe(expected);
    expect(asked).toEqual([]);
  });

  test.each(places)(
    'at %s is %s, as the file says where the browser does not know',
    async (zone, expected) => {
      const { asked } = aBrowserIn(zone, false);
      expect(await country()).toBe(expected);
      expect(asked).toEqual([expect.stringMatching(/\/assets\/widget-time-zones\.json$/)]);
    },
  );

  test.each(['UTC', 'Etc/GMT+3', 'Nowhere/Nothing'])('at %s is none', async (zone) => {
    aBrowserIn(zone, true);
    expect(await country()).toBeUndefined();
  });

  test('is none where the file cannot be loaded', async () => {
    aBrowserIn('Africa/Nairobi', false);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await country()).toBeUndefined();
  });
});
