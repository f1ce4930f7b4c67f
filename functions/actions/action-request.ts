import { domainToASCII } from 'node:url';
import * as z from 'zod';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { LanguageTag } from '../../shared/kernel/language.ts';
import { toMinorUnits } from '../../shared/kernel/money.ts';

/** Controls, halves of characters, line separators, and what overrides the direction of what follows. */
const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** Joiners and marks alone: nothing that a reader could see. */
const unseen = /^[\p{Cf}\p{Z}\p{M}]+$/u;
/**
 * What would make a link of a name in a mail or a letter. A short word before the dot may be an initial or a title
 * ("M.Top", "Dr.Io"), so that endings which are also names need a longer one.
 */
const url =
  /:\/\/|\bwww\.|[\p{L}\p{N}]\.(?:com|net|org|info|biz|xyz)\b|[\p{L}\p{N}-]{3,}\.(?:ru|cn|top|io)\b|[\p{L}\p{N}]\.\p{L}{2,}\//iu;

const PersonName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(100, { error: 'Give at most 100 characters.', abort: true })
  .refine((name) => !unsafe.test(name) && !unseen.test(name), {
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
  .max(254, { error: 'Give at most 254 characters.', abort: true })
  // Labels as people write them, in any script; dots neither first, last nor doubled, which SES refuses.
  .regex(
    /^(?!\.)(?!.*\.[.@])[^\s@"<>(),:;\\[\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*\.)+\p{L}[\p{L}\p{N}\p{M}-]+$/u,
    { error: 'Give an e-mail address such as name@example.org.', abort: true },
  )
  .refine(hasDomain, {
    error: 'Give an e-mail address whose domain exists.',
    params: { code: 'invalid-format' },
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: SES sends to local parts of ASCII only, which starts at the control characters.
  .refine((email) => /^[\x00-\x7f]*@/.test(email), {
    error: 'The part before the @ can only have letters without accents.',
    params: { code: 'invalid-format' },
  });

const ListId = z.string().min(1).max(60);
const ConsentGiven = z.strictObject({ id: ListId, version: z.int(), granted: z.boolean() });

const person = {
  givenName: PersonName,
  familyName: PersonName,
  email: Email.describe('Where the confirmation is mailed; one action per mailbox, campaign and kind'),
  country: Country,
  language: LanguageTag.optional().describe('Language of mails and pages, BCP 47'),
  postalCode: z
    .string()
    .trim()
    .min(1)
    .max(12)
    .regex(/^[\p{L}\p{N} -]+$/u, 'Give letters, digits, spaces and hyphens only.')
    .optional(),
  display: z
    .enum(['anonymous', 'initials', 'name'])
    .default('anonymous')
    .describe('How the name may be shown in public'),
  consents: z
    .array(ConsentGiven)
    .max(20)
    .describe('What is granted of what the campaign asks, in the versions that were read'),
  partner: ListId.optional().describe("One of the campaign's `partners`"),
  source: ListId.optional().describe("One of the campaign's `sources`"),
};

export const SignatureRequest = z.strictObject(person).meta({ id: 'SignatureRequest' });
export type SignatureRequest = z.output<typeof SignatureRequest>;

export const PledgeRequest = z
  .strictObject({
    ...person,
    type: z.enum(['money', 'in-kind', 'support']).default('money'),
    amount: z
      .int({ error: 'Give a whole number of minor units, such as 2500 for 25.00 EUR.', abort: true })
      .positive('Give an amount above zero.')
      .max(1_000_000_000_000, 'Give at most 10^12 minor units.')
      .meta({ description: 'Minor units of the currency' }),
    currency: Currency,
    interval: z.enum(['once', 'monthly']),
    pledger: z.strictObject({ type: z.enum(['individual', 'organisation']), name: PersonName.optional() }),
    condition: z
      .strictObject({ atLeast: z.int().positive() })
      .optional()
      .describe('Due only once this many have pledged; not yet offered'),
    note: z
      .string()
      .trim()
      .max(500)
      .refine((note) => !unsafe.test(note.replace(/[\r\n\t]/g, ' ')), {
        error: 'Leave out control characters.',
        params: { code: 'unsafe-characters' },
      })
      .optional(),
  })
  .refine(({ pledger }) => pledger.type === 'individual' || pledger.name !== undefined, {
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
    consents: fromConsents(rest['consents'] ?? []),
    ...(rest['amount'] !== undefined && { amount: toNumber(rest['amount']) }),
    ...(majorAmount !== undefined && { amount: fromMajor(majorAmount, rest['currency']) }),
  };
}

/** Can DNS hold the domain: by its ASCII form (IDNA), labels of 63 bytes at most. */
function hasDomain(email: string): boolean {
  const domain = domainToASCII(email.slice(email.lastIndexOf('@') + 1));
  return domain !== '' && domain.length <= 253 && domain.split('.').every((label) => label.length <= 63);
}

function fromConsents(consents: unknown): unknown {
  const isFields = (consent: unknown) => typeof consent === 'object' && !Array.isArray(consent);
  if (!Array.isArray(consents)) return consents;
  return consents.map((consent) => (isFields(consent) ? fromConsentFields(consent) : consent));
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
