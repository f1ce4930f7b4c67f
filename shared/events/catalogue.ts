import * as z from 'zod';
import { Country, Currency } from '../kernel/iso.ts';
import { defineEvent } from './define-event.ts';

/** What rooms say to each other. No personal data: ids, codes, amounts, versions. A reactor that needs a person reads the item. */

export const ActionKind = z.enum(['signature', 'pledge']);
export type ActionKind = z.output<typeof ActionKind>;

/** What one confirmed action counts by. */
export const Counted = z.strictObject({
  /** Slug of the campaign that was signed, and of its root (the same unless it is a chapter). */
  campaign: z.string(),
  root: z.string(),
  kind: ActionKind,
  country: Country,
  partner: z.string().optional(),
  /** Minor units of the currency. */
  pledge: z.strictObject({ currency: Currency, amount: z.int().positive() }).optional(),
});
export type Counted = z.output<typeof Counted>;

/** Counts of one campaign at the moment that its milestone was reached. */
export const Figures = z.strictObject({
  signatures: z.int(),
  byCountry: z.record(z.string(), z.int()),
  pledges: z.array(z.strictObject({ currency: Currency, count: z.int(), amount: z.int() })),
});
export type Figures = z.output<typeof Figures>;

const counted: Counted = {
  campaign: 'mental-health-for-all',
  root: 'mental-health-for-all',
  kind: 'signature',
  country: 'KE',
};
const action = 'mental-health-for-all~signature~0aXk';

const ActionTaken = defineEvent(
  'ActionTaken',
  1,
  { action: z.string(), version: z.int() },
  { action, version: 1_767_225_600_001 },
);
const ActionConfirmed = defineEvent(
  'ActionConfirmed',
  1,
  { action: z.string(), after: Counted },
  { action, after: counted },
);
const ActionChanged = defineEvent(
  'ActionChanged',
  1,
  { action: z.string(), before: Counted, after: Counted },
  { action, before: counted, after: { ...counted, country: 'UG' } },
);
const ActionWithdrawn = defineEvent(
  'ActionWithdrawn',
  1,
  { action: z.string(), before: Counted },
  { action, before: counted },
);
const MilestoneReached = defineEvent(
  'MilestoneReached',
  1,
  /** `scope` is `world` or a country. */
  {
    campaign: z.string(),
    scope: z.union([z.literal('world'), Country]),
    threshold: z.int().positive(),
    figures: Figures,
  },
  {
    campaign: 'mental-health-for-all',
    scope: 'world',
    threshold: 10,
    figures: { signatures: 10, byCountry: { KE: 10 }, pledges: [] },
  },
);

const letter = { campaign: 'mental-health-for-all', letter: '0f2a', target: 'ke-health' };
const Letter = { campaign: z.string(), letter: z.string(), target: z.string() };
const LetterRequested = defineEvent('LetterRequested', 1, Letter, letter);
const LetterApproved = defineEvent('LetterApproved', 1, Letter, letter);
const LetterDelivered = defineEvent('LetterDelivered', 1, Letter, letter);

/** Every event there is. The relay may announce only these; a reactor parses what it is handed by them. */
export const catalogue = {
  ActionTaken,
  ActionConfirmed,
  ActionChanged,
  ActionWithdrawn,
  MilestoneReached,
  LetterRequested,
  LetterApproved,
  LetterDelivered,
};

export type EventName = keyof typeof catalogue;
type Details = { [Name in EventName]: z.output<(typeof catalogue)[Name]['schema']> };
/** An event of the catalogue, by name. */
export type CatalogueEvent<Name extends EventName = EventName> = {
  [N in Name]: { name: N; detail: Details[N] };
}[Name];

/** Makes an event; the detail is checked, so that what cannot be told is found where it is said. */
export function toEvent<Name extends EventName>(
  name: Name,
  detail: Omit<Details[Name], 'v'>,
): CatalogueEvent<Name> {
  const { schema, version } = catalogue[name];
  return { name, detail: schema.parse({ ...detail, v: version }) } as CatalogueEvent<Name>;
}

/** Reads an event off the bus. Throws on a name or a shape that the catalogue does not have. */
export function fromBus(event: { 'detail-type': string; detail: unknown }): CatalogueEvent {
  const name = event['detail-type'];
  if (!Object.hasOwn(catalogue, name)) throw new Error(`${name} is not in the event catalogue`);
  return { name, detail: catalogue[name as EventName].schema.parse(event.detail) } as CatalogueEvent;
}
