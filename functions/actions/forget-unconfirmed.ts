/** The table in as many parts as there are hours in four weeks: each item is looked at once in that time. */
const segments = 4 * 7 * 24;
const hour = 60 * 60 * 1_000;

export interface Segment {
  Segment: number;
  TotalSegments: number;
}

/** The part of the table that is looked through in the hour of a time (milliseconds since the epoch). */
export function segmentAt(now: number): Segment {
  return { Segment: Math.floor(now / hour) % segments, TotalSegments: segments };
}
