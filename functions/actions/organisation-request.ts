import * as z from 'zod';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { ShownLogo } from './logo.ts';
import { OrganisationKind } from './organisation-place.ts';

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const sortKey = new RegExp(`^${time}~[\\w-]{22}$`);

/** The sort key of a place in the list, opaque to whoever gets it. */
const Cursor = z
  .string()
  .max(100)
  .transform((text, { issues }) => {
    const key = Buffer.from(text, 'base64url').toString();
    if (sortKey.test(key) && toCursor(key) === text) return key;
    const message = 'Give the cursor of the answer before, as it is.';
    issues.push({ code: 'custom', input: text, message, params: { code: 'invalid-cursor' } });
    return z.NEVER;
  });

export const OrganisationQuery = z.strictObject({
  kind: OrganisationKind.default('pledge').meta({
    description: '`pledge`: those that have pledged; `endorsement`: those that support the ask by their name',
    example: 'endorsement',
  }),
  cursor: Cursor.optional().meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ example: 20 }),
});

/** An organisation, and what it pledges if it does, as anyone may read it. */
export const ShownOrganisation = z
  .strictObject({
    name: z.string(),
    country: Country,
    url: z.url().optional().describe('Its web page; of an endorsement'),
    logo: ShownLogo.optional(),
    amount: z
      .int()
      .positive()
      .optional()
      .describe(
        'Minor units of the currency; without amount, currency and interval it backs the demand, or endorses it',
      ),
    currency: Currency.optional(),
    interval: z.enum(['once', 'monthly']).optional(),
    atLeast: z.int().positive().optional().describe('It holds only once this many have pledged'),
    verifiedAt: z.iso.datetime().describe('When the campaign has verified it'),
  })
  .meta({ id: 'PledgingOrganisation' });
export type ShownOrganisation = z.output<typeof ShownOrganisation>;

export const PledgingOrganisations = z
  .strictObject({
    campaign: z.string(),
    total: z.int().nonnegative().describe('Of all; where they are more than a page, at most a minute old'),
    organisations: z.array(ShownOrganisation),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'PledgingOrganisations' });
export type PledgingOrganisations = z.output<typeof PledgingOrganisations>;

export function toCursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}
