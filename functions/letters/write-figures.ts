import type { LetterContent } from './letter-content.ts';
import { formatDay, nameMoney } from './letter-locale.ts';
import type { Chart, FigureTable, Row } from './letter-page.ts';
import { plotHistory } from './plot-history.ts';
import type { Speaker } from './say.ts';

export function writeFigures(letter: LetterContent, speaker: Speaker): FigureTable {
  const { say, number } = speaker;
  const { figures } = letter;
  return {
    heading: say('figuresHeading'),
    columns: { label: say('figuresAsOf'), value: say('figuresValue') },
    rows: [
      { label: say('signatures'), value: number(figures.signatures) },
      ...rowsOfCountry(figures, speaker),
      { label: say('countries'), value: number(figures.countries) },
      { label: say('running'), value: say('runningValue') },
    ],
    pledges: pledgeRows(figures, speaker),
  };
}

export function writeNotes({ figures }: LetterContent, { say }: Speaker): string[] {
  return [say('countingNote'), ...(figures.pledges.length > 0 ? [say('pledgesNote')] : [])];
}

/** A place among the countries is told only where there is one: nobody is the first of none. */
function rowsOfCountry({ here }: LetterContent['figures'], { say, number }: Speaker): Row[] {
  if (!here) return [];
  const { signatures, rank } = here;
  return [
    { label: say('signaturesHere'), value: number(signatures) },
    ...(signatures > 0 && rank ? [{ label: say('rank'), value: say('rankValue', { rank }) }] : []),
  ];
}

function pledgeRows({ pledges }: LetterContent['figures'], { say, locale }: Speaker): Row[] {
  return pledges.map(({ count, amountMinor, currency }) => ({
    label: say('pledges', { count }),
    value: nameMoney(locale, amountMinor, currency),
  }));
}

export function writeChart({ history = [] }: LetterContent, { say, locale }: Speaker): Chart | undefined {
  const plot = plotHistory(history);
  if (!plot) return undefined;
  const label = (count: number) =>
    new Intl.NumberFormat(locale, { notation: count < 1_000_000 ? 'standard' : 'compact' }).format(count);
  const day = (at: number) => formatDay(locale, history.at(at)?.day ?? '');
  return {
    caption: say('chartCaption'),
    alt: say('chartAlt'),
    points: plot.points,
    ticks: plot.ticks.map(({ at, count }) => ({ at, label: label(count) })),
    days: [day(0), day(-1)],
  };
}
