import en from './texts/en.json' with { type: 'json' };

/** A sentence or a label of a letter, of its page or of the mail that carries it. English has all of them. */
export type MessageKey = keyof typeof en;
export const messageKeys = Object.keys(en) as MessageKey[];

/**
 * The closed list of what a letter's messages can name, and of what kind it is. A `number` is formatted by the letter's
 * language (`{signatures, number}`, or `plural` with its `#`). A `text` is put as it is: names, and dates and amounts
 * that are written out by the language's rules before.
 */
export const variables = {
  title: 'text',
  office: 'text',
  country: 'text',
  place: 'text',
  /** Day of the letter, and the day on which the campaign opened. */
  date: 'text',
  openedOn: 'text',
  /** The letter's reference, the campaign's page, the page by which the letter can be checked. */
  number: 'text',
  url: 'text',
  verifyUrl: 'text',
  email: 'text',
  signatory: 'text',
  organisation: 'text',
  /** The count of the occasion's scope and the milestone that it reached; the count of the world. */
  reached: 'number',
  threshold: 'number',
  signatures: 'number',
  countries: 'number',
  /** How long the campaign has run. */
  days: 'number',
  replyBy: 'text',
  salutation: 'text',
  rank: 'number',
  count: 'number',
  page: 'text',
  pages: 'text',
} as const satisfies Record<string, 'text' | 'number'>;
export type Variable = keyof typeof variables;

/** Known only where it is said: such a variable is none of any other message. */
const special: Partial<Record<MessageKey, Variable[]>> = {
  responseBy: ['replyBy'],
  closing: ['salutation'],
  rankValue: ['rank'],
  pledges: ['count'],
  page: ['page', 'pages'],
};

/**
 * What a message says whoever words it, so that no letter loses its count, its date, its reference or the address by which
 * it is checked.
 */
const required: Partial<Record<MessageKey, Variable[]>> = {
  placeAndDate: ['date'],
  subject: ['title'],
  openingWorld: ['reached'],
  openingCountry: ['reached'],
  figuresAsOf: ['date'],
  rankValue: ['rank'],
  runningValue: ['days'],
  pledges: ['count'],
  countingNote: ['date', 'url'],
  response: ['email', 'number'],
  responseBy: ['replyBy', 'email', 'number'],
  verify: ['verifyUrl'],
  page: ['page', 'pages'],
  coverSubject: ['number'],
  coverLetter: ['number'],
  coverVerify: ['verifyUrl'],
};

const common = (Object.keys(variables) as Variable[]).filter(
  (name) => !Object.values(special).flat().includes(name),
);

/** What a message can name; without a key, what an ask can. */
export function variablesOf(key?: MessageKey): Variable[] {
  return [...common, ...((key && special[key]) ?? [])];
}

/** What a message has to name; an ask, nothing. */
export function requiredOf(key?: MessageKey): Variable[] {
  return (key && required[key]) ?? [];
}
