import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { pick, type Random } from './random.ts';
import type { Submission } from './submission.ts';

type Fields = Record<string, unknown>;
interface Spoiled {
  what: string;
  status: number;
  fields?: (fields: Fields) => Fields;
  /** Of the request around the fields. */
  request?: (submission: Submission) => Partial<Submission>;
}

/** Makes a valid submission one that has to be refused, in one of the ways that the contract names. */
export function spoil(submission: Submission, campaign: PublicCampaign, random: Random): Submission {
  const { what, status, fields, request } = pick(random, waysFor(campaign));
  const { supporter: _nobody, ...valid } = submission;
  const body = fields ? JSON.stringify(fields(JSON.parse(submission.body))) : submission.body;
  return { ...valid, body, sort: 'invalid', what, status, ...request?.({ ...valid, body }) };
}

function waysFor({ consents, kinds, slug }: PublicCampaign): Spoiled[] {
  return [
    ...ways,
    ...(consents.some(({ required }) => required) ? [withoutConsent] : []),
    ...(kinds.includes('pledge') ? [badAmount] : []),
    {
      what: 'unknown campaign',
      status: 404,
      request: ({ path }) => ({ path: path.replace(`/${slug}/`, `/${slug}-no/`) }),
    },
  ];
}

const withoutConsent: Spoiled = {
  what: 'required consent not granted',
  status: 422,
  fields: (fields) => ({ ...fields, consents: [] }),
};

const badAmount: Spoiled = {
  what: 'amount that is no whole number above zero',
  status: 422,
  fields: (fields) => ({
    ...{ currency: 'EUR', interval: 'once', pledger: { type: 'individual' } },
    ...fields,
    amount: -0.5,
  }),
  request: ({ path }) => ({ path: path.replace(/\w+$/, 'pledges') }),
};

const ways: Spoiled[] = [
  { what: 'unknown country', status: 422, fields: (fields) => ({ ...fields, country: 'gb' }) },
  { what: 'no address', status: 422, fields: (fields) => ({ ...fields, email: 'load at example.org' }) },
  { what: 'empty name', status: 422, fields: (fields) => ({ ...fields, givenName: '  ' }) },
  { what: 'link as a name', status: 422, fields: (fields) => ({ ...fields, familyName: 'https://a.b' }) },
  { what: 'unknown field', status: 422, fields: (fields) => ({ ...fields, total: 1_000_000 }) },
  { what: 'unlisted partner', status: 422, fields: (fields) => ({ ...fields, partner: 'no-partner' }) },
  { what: 'half a body', status: 400, request: ({ body }) => ({ body: body.slice(0, body.length / 2) }) },
  { what: 'wrong content type', status: 415, request: () => ({ contentType: 'text/plain' }) },
  {
    what: 'body over 16 kB',
    status: 413,
    fields: (fields) => ({ ...fields, postalCode: '1'.repeat(17_000) }),
  },
];
