import * as z from 'zod';
import { ActionKind } from '../kernel/action-kind.ts';
import { InvalidationReason } from '../kernel/invalidation-reason.ts';
import { Country, Currency } from '../kernel/iso.ts';
import { Amount } from '../kernel/money.ts';
import { defineEvent } from './define-event.ts';

/** What rooms say to each other. No personal data: ids, codes, amounts, versions. A reactor that needs a person reads the item. */

/** What one confirmed action counts by. */
export const Counted = z.strictObject({
  campaign: z.string().describe('Slug of the campaign that was signed'),
  root: z.string().describe('Slug of its root campaign; the same unless it is a chapter'),
  kind: ActionKind,
  country: Country,
  partner: z.string().optional().describe("One of the campaign's closed list"),
  source: z.string().optional().describe("By which link: one of the campaign's closed list"),
  shown: z.literal(true).optional().describe('The supporter chose to be shown in public'),
  pledge: z
    .strictObject({
      currency: Currency,
      amount: z.int().positive().describe('Minor units of the currency'),
      fulfilled: z.int().positive().optional().describe('How much of it was paid, in minor units'),
    })
    .optional()
    .describe('Of a pledge of money; there is none of one without money'),
  joined: z
    .array(
      z.strictObject({
        campaign: z.string(),
        partner: z.string().optional(),
        source: z.string().optional(),
      }),
    )
    .optional()
    .describe(
      'Other campaigns under the root that were signed before: it counts in these, too, by where it came from there, and in the root once',
    ),
});
export type Counted = z.output<typeof Counted>;

/** Counts of one campaign at the moment that its milestone was reached. */
export const Figures = z.strictObject({
  signatures: z.int(),
  byCountry: z.record(z.string(), z.int()),
  pledges: z.array(z.strictObject({ currency: Currency, count: z.int(), amount: Amount })),
});
export type Figures = z.output<typeof Figures>;

const counted: Counted = {
  campaign: 'mental-health-for-all',
  root: 'mental-health-for-all',
  kind: 'signature',
  country: 'KE',
};
const action = 'mental-health-for-all~signature~0aXk';
const actionId = z.string().describe('Id of the action: root campaign, kind and hash of the mailbox');
const campaignSlug = z.string().describe('Slug of the campaign');

const ActionTaken = defineEvent(
  'ActionTaken',
  1,
  { action: actionId, version: z.int().describe('Version of the item at which it was asked') },
  { action, version: 1_767_225_600_001 },
  'Somebody submitted a signature, a pledge or an endorsement, or submitted it again. It does not count before it is confirmed.',
);
const ActionConfirmed = defineEvent(
  'ActionConfirmed',
  1,
  { action: actionId, after: Counted },
  { action, after: counted },
  'An action counts from now on: it was confirmed, or verified where that is asked.',
);
const ActionChanged = defineEvent(
  'ActionChanged',
  1,
  { action: actionId, before: Counted, after: Counted },
  { action, before: counted, after: { ...counted, country: 'UG' } },
  'An action that counts was confirmed again with other details, or its pledge was fulfilled.',
);
const ActionWithdrawn = defineEvent(
  'ActionWithdrawn',
  1,
  { action: actionId, before: Counted },
  { action, before: counted },
  'An action does not count any more: its supporter took it back.',
);
const ActionErased = defineEvent(
  'ActionErased',
  1,
  { action: actionId, before: Counted },
  { action, before: counted },
  'An action does not count any more: its supporter had all that was stored of it erased.',
);
const ActionInvalidated = defineEvent(
  'ActionInvalidated',
  1,
  { action: actionId, before: Counted, reason: InvalidationReason },
  { action, before: counted, reason: 'automated' },
  'An action does not count any more: a campaigner found that nobody stands behind it.',
);
const MilestoneReached = defineEvent(
  'MilestoneReached',
  1,
  {
    campaign: campaignSlug,
    scope: z.union([z.literal('world'), Country]).describe('`world`, or a country'),
    threshold: z.int().positive().describe('The count that was reached'),
    figures: Figures.describe('The counts at that moment'),
  },
  {
    campaign: 'mental-health-for-all',
    scope: 'world',
    threshold: 10,
    figures: { signatures: 10, byCountry: { KE: 10 }, pledges: [] },
  },
  'A tally reached a threshold, world-wide or for one country. It is told once.',
);
const RecountRequested = defineEvent(
  'RecountRequested',
  1,
  { campaign: campaignSlug.describe('Slug of the root campaign; its chapters are recounted with it') },
  { campaign: 'mental-health-for-all' },
  'What is counted of a campaign is to be compared with its actions, and set right.',
);

const letter = { campaign: 'mental-health-for-all', letter: '0f2a', target: 'ke-health' };
const Letter = {
  campaign: campaignSlug,
  letter: z.string().describe('Id of the letter'),
  target: z.string().describe('Id of the target that it is written to'),
};
const LetterRequested = defineEvent(
  'LetterRequested',
  1,
  Letter,
  letter,
  'A letter to one target is to be written.',
);
const LetterApproved = defineEvent(
  'LetterApproved',
  1,
  Letter,
  letter,
  'A letter is composed and may be sent.',
);
const LetterDelivered = defineEvent(
  'LetterDelivered',
  1,
  Letter,
  letter,
  "The target's mail server has taken the letter.",
);

const MemberInvited = defineEvent(
  'MemberInvited',
  1,
  {
    organisation: z.string().describe('Slug of the organisation'),
    invitation: z.string().describe('Id of the invitation'),
    version: z.int().describe('Version of the invitation at which it was to be mailed'),
  },
  { organisation: 'demo-network', invitation: '0aXk', version: 1_767_225_600_001 },
  'Somebody is invited to be a member of an organisation, or invited again.',
);

/** Every event there is. The relay may announce only these; a reactor parses what it is handed by them. */
export const catalogue = {
  ActionTaken,
  ActionConfirmed,
  ActionChanged,
  ActionWithdrawn,
  ActionErased,
  ActionInvalidated,
  MilestoneReached,
  RecountRequested,
  LetterRequested,
  LetterApproved,
  LetterDelivered,
  MemberInvited,
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
