import type { Host } from '../infra/local/host.ts';
import type { ActionKind } from '../shared/kernel/action-kind.ts';
import { type Language, languages } from '../shared/kernel/language.ts';
import { aBrowser } from '../test/support/a-browser.ts';
import { aHostSite } from '../test/support/a-host-site.ts';
import { type Figure, progress, quantile } from './figure.ts';
import { gzippedSum, type Load, recordLoads, sendTheForm } from './widget-loads.ts';
import { type ComingUp, comeUp } from './widget-speed.ts';

/** The seeded campaign, as a partner would embed it. */
const slug = 'mental-health-for-all';
/** The design's 10 kB, which are 10,000 bytes. */
const bound = 10;
/** A phone held upright and a laptop, both so tall that what follows the widget is on the screen. */
const screens = { phone: { width: 360, height: 1_800 }, laptop: { width: 1_280, height: 1_400 } };
const rounds = 5;

/** What a page of another site loads for the widget's sake, and how it comes up with it. */
export async function widgetFigures(host: Host): Promise<Figure[]> {
  progress('a browser loads the widget and sends its form in each language');
  const [browser, site] = await Promise.all([aBrowser(), aHostSite()]);
  try {
    const record = async (query: Query, code: Code = 'script', options?: { allThatFollows: boolean }) => {
      const { lang, kind = 'signature' } = query;
      const page = site.serve({ body: await snippetOf(host.url, query, code), language: lang });
      return recordLoads(browser, page, host.url, (tab) => sendTheForm(tab, lang, kind), options);
    };
    const translated = new Map<string, Load[]>();
    for (const lang of languages.filter((each) => each !== 'en'))
      translated.set(lang, await record({ lang }));
    const english = await record({ lang: 'en' });
    const followed = await record({ lang: 'en' }, 'script', { allThatFollows: true });
    const pledge = await record({ lang: 'en', kind: 'pledge' });
    const pinned = await record({ lang: 'en' }, 'pinned');
    progress(`it comes up ${rounds} times on each screen`);
    const page = site.serve({ body: await snippetOf(host.url, { lang: 'en' }, 'script') });
    const ups: ComingUp[] = [];
    for (let round = 0; round < rounds; round++)
      for (const screen of Object.values(screens)) ups.push(await comeUp(browser, page, screen));
    return [...sizes({ english, followed, pledge, pinned, translated }), ...speeds(ups)];
  } finally {
    await browser.close();
    await site.stop();
  }
}

interface Query {
  lang: Language;
  kind?: ActionKind;
}
type Code = 'script' | 'pinned';

async function snippetOf(url: string, query: Query, code: Code): Promise<string> {
  const answer = await fetch(`${url}/v1/campaigns/${slug}/embed?${new URLSearchParams({ ...query })}`);
  if (!answer.ok) throw new Error(`The snippets of ${slug}: ${answer.status}`);
  return (await answer.json())[code];
}

interface Loads {
  english: Load[];
  /** With what is asked for after the form was sent. */
  followed: Load[];
  pledge: Load[];
  pinned: Load[];
  /** By language. */
  translated: Map<string, Load[]>;
}

function sizes({ english, followed, pledge, pinned, translated }: Loads): Figure[] {
  const how =
    'All answers of the stack to a page of another site with the snippet of the seeded campaign in English, from opening it until the request to sign goes out, after a hint at a mistyped address: script with styles and texts, campaign, tally; each gzipped at level 9.';
  const only = (name: string) => english.filter(({ path }) => path.endsWith(name));
  const [language, largest] = [...translated].reduce((most, one) =>
    gzippedSum(one[1]) > gzippedSum(most[1]) ? one : most,
  );
  return [
    { ...inKilobytes('widget, all included, gzipped', english), bound, how },
    { ...inKilobytes('its script with styles and English', only('/widget.js')), how },
    { ...inKilobytes('the campaign', only(`/${slug}`)), how },
    { ...inKilobytes('its tally', only('/tally')), how },
    {
      ...inKilobytes('the same with what is loaded while the form is on its way', followed),
      how: 'The same, and what the page asks for after the request: how it goes on, and what can go wrong.',
    },
    {
      ...inKilobytes('the same where the form to pledge is shown first', pledge),
      how: 'The same with `kind="pledge"`, and with the snippet that pins one file with everything in it by its hash.',
    },
    {
      ...inKilobytes('the same with the pinned script', pinned),
      how: 'The same with `kind="pledge"`, and with the snippet that pins one file with everything in it by its hash.',
    },
    {
      ...inKilobytes(`the same in ${nameOf(language)}, the largest of the other languages`, largest),
      how: 'The same with the texts of that language, which are a file of their own.',
    },
  ];
}

function inKilobytes(name: string, loads: Load[]): Pick<Figure, 'name' | 'measured' | 'unit'> {
  return { name, measured: gzippedSum(loads) / 1_000, unit: ' kB' };
}

function nameOf(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}

function speeds(ups: ComingUp[]): Figure[] {
  const how = `Opened ${rounds} times for the first time on the screens of a phone and of a laptop, so tall that what follows the widget is seen, on a processor four times slower than this one.`;
  return [
    {
      name: 'layout shift while the widget comes up',
      measured: Math.max(...ups.map(({ shift }) => shift)),
      bound: 0.1,
      how: `${how} The largest sum of all shifts.`,
    },
    {
      name: 'until the form is there and no long task is going on, median',
      measured: quantile(ups.map(({ interactive }) => interactive)),
      unit: ' ms',
      how,
    },
    {
      name: 'longest task that held the page up, median',
      measured: quantile(ups.map(({ longestTask }) => longestTask)),
      unit: ' ms',
      how,
    },
  ];
}
