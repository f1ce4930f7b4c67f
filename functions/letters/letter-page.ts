import type { Direction } from '../../shared/kernel/language.ts';
import type { QrCode } from './draw-qr-code.ts';

/** Every word of a letter, formatted and in reading order: what `letter.typ` sets on the page. */
export interface LetterPage {
  /** Parts of the BCP 47 tag: `ar`, `Arab`, `EG`. The region is left out where it is no country. */
  language: string;
  script: string;
  region?: string;
  direction: Direction;
  /** The ten digits of the language, for what only the typesetter can count. */
  digits: string[];
  /** The title of the document, as a reader or a screen reader announces it. */
  title: string;
  /** What marks each page of a draft. */
  draft?: string;
  letterhead: { name: string; partners: string[] };
  addressee: string[];
  placeAndDate: string;
  reference: Row;
  /** Date and count, the same signs in every language: to compare by those who do not read it. */
  claim: string;
  replyBy?: Row;
  subject: string;
  salutation: string;
  opening: string[];
  ask: { heading: string; items: string[] };
  figures: FigureTable;
  chart?: Chart;
  /** On how it was counted. */
  notes: string[];
  voices?: { heading: string; items: { words: string; author: string }[]; note: string };
  response: { heading: string; paragraphs: string[] };
  closing: string;
  signatory: { name: string; lines: string[] };
  /** Beside the signatory where they are few, else below all that follows but `verify`. */
  organisations: { heading: string; items: { name: string; country?: string }[] };
  contacts: Row[];
  enclosures?: { heading: string; items: string[] };
  verify: { heading: string; text: string; alt: string; code: QrCode };
  /** Still holds `{page}` and `{pages}`: only the typesetter knows them. */
  page: string;
}

export interface Row {
  label: string;
  value: string;
}

/** The counts frozen in a letter. The first row is that of the whole world. */
export interface FigureTable {
  heading: string;
  columns: Row;
  rows: Row[];
  /** By currency. */
  pledges: Row[];
}

/** The count over time, in a square of 1 by 1 as `plotHistory` gives it. */
export interface Chart {
  caption: string;
  alt: string;
  points: [number, number][];
  ticks: { at: number; label: string }[];
  /** First and last day. */
  days: [string, string];
}
