import * as z from 'zod';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { LanguageTag } from '../../shared/kernel/language.ts';
import { toMinorUnits } from '../../shared/kernel/money.ts';

/** C0 and C1 controls, line separators, and the characters that override the direction of what follows. */
const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** What would make a link of a name in a mail or a letter. */
const url = /:\/\/|\bwww\.|[\p{L}\p{N}]\.(?:com|net|org|info|biz|ru|cn|xyz|top|io)\b/iu;

const PersonName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(100, 'Give at most 100 characters.')
  .refine((name) => !unsafe.test(name), {
    error: 'Leave out control characters.',
    params: { code: 'unsafe-characters' },
  })
  .refine((name) => !url.test(name), {
    error: 'A name cannot hold a web address.',
    params: { code: 'contains-url' },
  });

const Email = z
  .string()
  .trim()
  .max(254, 'Give at most 254 characters.')
  .regex(
    /^[^\s@"<>(),:;\\[\]\p{Cc}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*\.)+[\p{L}\p{N}-]{2,63}$/u,
    'Give an e-mail address such as name@example.org.',
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: SES sends to local parts of ASCII only, which starts at the control characters.
  .refine((email) => /^[\x00-\x7f]*@/.test(email), {
    error: 'The part before the @ can only have letters without accents.',
  });

const ListId = z.string().min(1).max(60);
const ConsentGiven = z.strictObject({ id: ListId, version: z.int(), granted: z.boolean() });

const person = {
  givenName: PersonName,
  familyName: PersonName,
  email: Email,
  country: Country,
  language: LanguageTag.optional(),
  postalCode: z
    .string()
    .trim()
    .min(1)
    .max(12)
    .regex(/^[\p{L}\p{N} -]+$/u, 'Give letters, digits, spaces and hyphens only.')
    .optional(),
  /** How the name may be shown in public. */
  display: z.enum(['anonymous', 'initials', 'name']).default('anonymous'),
  consents: z.array(ConsentGiven).max(20),
  partner: ListId.optional(),
  source: ListId.optional(),
};

export const SignatureRequest = z.strictObject(person).meta({ id: 'SignatureRequest' });
export type SignatureRequest = z.output<typeof SignatureRequest>;

export const PledgeRequest = z
  .strictObject({
    ...person,
    type: z.enum(['money', 'in-kind', 'support']).default('money'),
    amount: z
      .int('Give a whole number of minor units, such as 2500 for 25.00 EUR.')
      .positive('Give an amount above zero.')
      .max(1_000_000_000_000, 'Give at most 10^12 minor units.')
      .meta({ description: 'Minor units of the currency' }),
    currency: Currency,
    interval: z.enum(['once', 'monthly']),
    pledger: z.strictObject({ type: z.enum(['individual', 'organisation']), name: PersonName.optional() }),
    condition: z.strictObject({ atLeast: z.int().positive() }).optional(),
    note: z
      .string()
      .trim()
      .max(500)
      .refine((note) => !unsafe.test(note), { error: 'Leave out control characters.' })
      .optional(),
  })
  .refine(({ pledger }) => pledger.type === 'individual' || pledger.name, {
    path: ['pledger', 'name'],
    error: 'Give the name of the organisation.',
    params: { code: 'required' },
  })
  .meta({ id: 'PledgeRequest' });
export type PledgeRequest = z.output<typeof PledgeRequest>;

type Fields = Record<string, unknown>;

/**
 * Gives a form's texts the types of the JSON body. What cannot be converted stays as typed, so that the schema
 * names it. `majorAmount` is the amount as people write it, in major units; JSON has `amount` in minor units.
 */
export function fromActionForm(fields: Fields): Fields {
  const { majorAmount, ...rest } = fields;
  return {
    ...rest,
    consents: Array.isArray(rest['consents']) ? rest['consents'].map(fromConsentFields) : [],
    ...(rest['amount'] !== undefined && { amount: toNumber(rest['amount']) }),
    ...(majorAmount !== undefined && { amount: fromMajor(majorAmount, rest['currency']) }),
  };
}

/** An unticked box is not sent at all: not granted. */
function fromConsentFields(consent: Fields): Fields {
  const granted = consent['granted'];
  return {
    ...consent,
    version: toNumber(consent['version']),
    granted: granted === 'true' || granted === 'on',
  };
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
