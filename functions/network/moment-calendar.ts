import { ICalCalendar, ICalEventRepeatingFreq, ICalEventTransparency } from 'ical-generator';
import type { Language } from '../../shared/kernel/language.ts';
import { daysIn, isYearly, type Moment, momentName } from './moment.ts';

const day = 24 * 60 * 60 * 1_000;
/** Seconds after which programs may ask again. */
const askAgainAfter = 24 * 60 * 60;

/**
 * The moments as a calendar to subscribe to (RFC 5545): all-day events that leave people free, each year or once. It is a
 * function of what is stored alone, so that it stays the same until a moment is changed.
 */
export function momentCalendar(moments: Moment[], language: Language): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'Groundswell', product: 'Moments', language: language.toUpperCase() },
    name: 'Groundswell',
    ttl: askAgainAfter,
    events: moments.map((moment) => toEvent(moment, language)),
  });
  // Each line ends with a line break (RFC 5545, 3.1); the library leaves out the last one.
  return `${calendar.toString()}\r\n`;
}

function toEvent(moment: Moment, language: Language) {
  const { slug, version, changedAt, country, url } = moment;
  const { from, to } = daysIn(moment, new Date(changedAt).getUTCFullYear());
  return {
    id: `${slug}@moments.groundswell`,
    sequence: version,
    stamp: new Date(changedAt),
    allDay: true,
    start: new Date(from),
    // The first day that is no longer of it (RFC 5545, 3.6.1).
    end: new Date(Date.parse(to) + day),
    ...(isYearly(moment) && { repeating: { freq: ICalEventRepeatingFreq.YEARLY } }),
    summary: momentName(moment, language),
    transparency: ICalEventTransparency.TRANSPARENT,
    ...(country && {
      location: new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country,
    }),
    ...(url && { url: withoutMarks(url) }),
  };
}

/** An address is no text, but the library escapes commas and semicolons in it: here there are none to escape. */
function withoutMarks(url: string): string {
  return url.replaceAll(',', '%2C').replaceAll(';', '%3B');
}
