import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?$/;

/** A time of day and date without a zone, as people say it (ISO 8601). */
export const LocalTime = z
  .string()
  .refine((text) => shape.test(text) && isReal(text), {
    error: 'Give a date and a time without a zone, such as 2026-10-10T00:00.',
    params: { code: 'invalid-format' },
  })
  .refine((text) => !shape.test(text) || (text >= '2000' && text < '2101'), {
    error: 'Give a year from 2000 to 2100.',
    params: { code: 'out-of-range' },
  })
  .meta({
    description: 'Date and time in the zone of the campaign, in the years 2000 to 2100',
    pattern: shape.source,
    example: '2027-10-10T00:00',
  });

/** IANA name of a zone, such as Africa/Nairobi. */
export const TimeZone = z
  .string()
  .max(50)
  .refine(isZone, {
    error: 'Give the name of a time zone of the IANA list, such as Africa/Nairobi.',
    params: { code: 'unknown-time-zone' },
  })
  .meta({ description: 'IANA name of a time zone', example: 'Africa/Nairobi' });

/**
 * The moment (milliseconds since the epoch) that a local time is in a zone. Of one that comes twice, when clocks are put
 * back, the first; one that does not come, when they are put forward, is as much later, as RFC 5545 (3.3.5) has it: where
 * a day begins at one o'clock, its midnight is that.
 */
export function toInstant(local: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
}

/** What clocks in a zone say at a moment, to the minute where that is all. */
export function toLocal(moment: number, timeZone: string): string {
  const clock = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
  const text = clock.toPlainDateTime().toString({ smallestUnit: 'millisecond' });
  return text.replace(/\.000$/, '').replace(/(T\d{2}:\d{2}):00$/, '$1');
}

/** The thirtieth of February is none. */
function isReal(local: string): boolean {
  const moment = Date.parse(`${local}Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(local);
}

/** An offset would be taken, too, and knows no daylight saving. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(Temporal.Now.zonedDateTimeISO(name));
  } catch {
    return false;
  }
}
