import * as z from 'zod';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { Currency } from '../../shared/kernel/iso.ts';
import { toMinorUnits } from '../../shared/kernel/money.ts';
import { ListId, Note, PersonName, personFields } from './person-fields.ts';

type Fields = Record<string, unknown>;

export const SignatureRequest = z.strictObject(personFields).meta({ id: 'SignatureRequest' });
export type SignatureRequest = z.output<typeof SignatureRequest>;

const Pledger = z
  .strictObject({
    type: z.enum(['individual', 'organisation']),
    name: PersonName.optional().describe('Required of an organisation; of an individual it is not kept'),
  })
  .refine(({ type, name }) => type === 'individual' || name !== undefined, {
    path: ['name'],
    error: 'Give the name of the organisation.',
    params: { code: 'required' },
  });

const moneyOnly = 'with `type: "money"`, and only then';
const moneyFields = {
  amount: z
    .int({ error: 'Give a whole number of minor units, such as 2500 for 25.00 EUR.', abort: true })
    .positive('Give an amount above zero.')
    .max(1_000_000_000_000, 'Give at most 10^12 minor units.')
    .optional()
    .describe(`Minor units of the currency; required ${moneyOnly}`),
  currency: Currency.optional().describe(`ISO 4217; required ${moneyOnly}`),
  interval: z.enum(['once', 'monthly']).optional().describe(`Required ${moneyOnly}`),
};

/** Money is a part of a promise of money, and of no backing without it. Told beside all else that is wrong with other fields. */
const moneyRules = (['amount', 'currency', 'interval'] as const).flatMap((field) => {
  const when = ({ value, issues }: z.core.ParsePayload) =>
    isFields(value) && !issues.some(({ path }) => path?.[0] === field);
  const at = { path: [field], when };
  return [
    z.refine<Fields>(({ type, [field]: given }) => type !== 'money' || given !== undefined, {
      ...at,
      error: 'Give this field; it is required for a pledge of money.',
      params: { code: 'required' },
    }),
    z.refine<Fields>(({ type, [field]: given }) => type !== 'support' || given === undefined, {
      ...at,
      error: 'Leave this field out; a pledge of support has no money in it.',
      params: { code: 'only-for-money' },
    }),
  ];
});

export const PledgeRequest = z
  .strictObject({
    ...personFields,
    type: z
      .enum(['money', 'in-kind', 'support'])
      .default('money')
      .describe(
        "One of the campaign's `pledge.types`: an amount of money, or `support`, backing of the demand that governments fund. No campaign offers `in-kind` yet",
      ),
    ...moneyFields,
    pledger: Pledger,
    condition: z
      .strictObject({ atLeast: z.int().positive() })
      .optional()
      .describe(
        "The pledge holds only once this many have pledged: one of the campaign's `pledge.conditions`",
      ),
    note: Note.optional(),
  })
  .check(...moneyRules)
  .meta({ id: 'PledgeRequest' });
export type PledgeRequest = z.output<typeof PledgeRequest>;

const { postalCode: _postalCode, display: _display, ...spokesperson } = personFields;

export const EndorsementRequest = z
  .strictObject({
    ...spokesperson,
    organisation: z
      .strictObject({
        name: PersonName,
        url: z
          .url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'Give the address of a web page.' })
          .max(200)
          .optional()
          .describe('Its web page'),
      })
      .describe('It is shown and counted, apart from people, once the campaign has verified it'),
  })
  .meta({ id: 'EndorsementRequest' });
export type EndorsementRequest = z.output<typeof EndorsementRequest>;

/** What is asked of each kind. */
export const actionRequests = {
  signature: SignatureRequest,
  pledge: PledgeRequest,
  endorsement: EndorsementRequest,
} satisfies Record<ActionKind, z.ZodType>;
export type ActionRequest = z.output<(typeof actionRequests)[ActionKind]>;

/**
 * Gives a form's texts the types of the JSON body. What cannot be converted stays as typed, so that the schema
 * names it. `majorAmount` is the amount as people write it, in major units; JSON has `amount` in minor units.
 * A form sends all of its fields: what is not part of the pledge that was chosen is left out. So is what no list of
 * partners or sources can have, as `takeAction` leaves out what the campaign's do not have.
 */
export function fromActionForm(fields: Fields): Fields {
  const asked = fields['type'] === 'support' ? withoutMoney(fields) : fields;
  const { majorAmount, ...rest } = withoutUnlistable(asked);
  const { consents = [], condition, pledger, organisation, amount, currency } = rest;
  return {
    ...rest,
    consents: fromConsents(consents),
    ...(isFields(condition) && { condition: withNumber(condition, 'atLeast') }),
    ...(isFields(pledger) && { pledger: fromPledger(pledger) }),
    ...(isFields(organisation) && { organisation: fromOrganisation(organisation) }),
    ...(amount !== undefined && { amount: toNumber(amount) }),
    ...(majorAmount !== undefined && { amount: fromMajor(majorAmount, currency) }),
  };
}

function withoutMoney(fields: Fields): Fields {
  const { majorAmount: _major, amount: _amount, currency: _currency, interval: _interval, ...rest } = fields;
  return rest;
}

function withoutUnlistable(fields: Fields): Fields {
  const isUnlistable = (name: string) =>
    ['partner', 'source'].includes(name) && !ListId.safeParse(fields[name]).success;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isUnlistable(name)));
}

/** Somebody who pledges for themselves names no organisation. */
function fromPledger(pledger: Fields): Fields {
  const { name: _name, ...person } = pledger;
  return pledger['type'] === 'individual' ? person : pledger;
}

/** People write addresses of web pages as they know them: `example.org`. */
function fromOrganisation(organisation: Fields): Fields {
  const { url } = organisation;
  if (typeof url !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(url)) return organisation;
  return { ...organisation, url: `https://${url}` };
}

function fromConsents(consents: unknown): unknown {
  if (!Array.isArray(consents)) return consents;
  return consents.map((consent) => (isFields(consent) ? fromConsentFields(consent) : consent));
}

/** An unticked box is not sent at all: not granted. */
function fromConsentFields(consent: Fields): Fields {
  const granted = consent['granted'];
  return { ...withNumber(consent, 'version'), granted: granted === 'true' || granted === 'on' };
}

function withNumber(fields: Fields, name: string): Fields {
  return { ...fields, [name]: toNumber(fields[name]) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
}

function fromMajor(typed: unknown, currency: unknown): unknown {
  const known = Currency.safeParse(currency);
  return known.success && typeof typed === 'string'
    ? (toMinorUnits(typed, known.data) ?? typed)
    : toNumber(typed);
}
