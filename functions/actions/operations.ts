import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  forCampaigner,
  jsonBody,
  type Operation,
  type Operations,
  refusals,
  seeOther,
} from '../../shared/http/operation.ts';
import { ConfirmedAnswer, LeftAnswer, TakenAnswer } from './action-answer.ts';
import { EndorsementRequest, PledgeRequest, SignatureRequest } from './action-request.ts';
import { exportOperations } from './export-operations.ts';
import { FulfilmentAnswer, FulfilmentRequest } from './fulfil-pledges.ts';
import { InvalidationAnswer, InvalidationRequest } from './invalidate-actions.ts';
import { ActionList, ListQuery } from './list-actions.ts';
import { TokenRequest } from './token-request.ts';
import { verifyOperations } from './verify-operations.ts';

const tags = ['actions'];
const signature = {
  givenName: 'Amina',
  familyName: 'Otieno',
  email: 'amina@example.org',
  country: 'KE',
  language: 'en',
  display: 'initials',
  consents: [{ id: 'privacy', version: 1, granted: true }],
};
const pledge = {
  ...signature,
  amount: 2_500,
  currency: 'EUR',
  interval: 'once',
  pledger: { type: 'individual' },
};
const endorsement = {
  givenName: 'Amina',
  familyName: 'Otieno',
  email: 'director@open-minds.example.org',
  country: 'KE',
  language: 'en',
  consents: [{ id: 'privacy', version: 1, granted: true }],
  organisation: { name: 'Open Minds Kenya', url: 'https://open-minds.example.org/' },
};
const tokenOf = (purpose: string) => ({
  token: `k1.${purpose}.mjx0.1.mental-health-for-all~signature~0aXk.c2lnbmF0dXJl`,
});

/** The fields of a form as they are typed; `fromActionForm` gives them the types of the JSON body. */
const formFields = {
  consents: z
    .array(
      z.strictObject({ id: z.string(), version: z.string(), granted: z.enum(['true', 'on']).optional() }),
    )
    .meta({ description: 'As `consents[0][id]`, `consents[0][version]`, `consents[0][granted]`' }),
};
const SignatureForm = z
  .strictObject({ ...SignatureRequest.shape, ...formFields })
  .meta({ id: 'SignatureForm' });
const PledgeForm = z
  .strictObject({
    ...PledgeRequest.shape,
    ...formFields,
    majorAmount: z.string().optional().meta({
      description:
        'Only in forms, in place of `amount`: major units as people write them, "25", "25.50" or "25,50"',
      example: '25.50',
    }),
    condition: z
      .strictObject({ atLeast: z.string().optional() })
      .optional()
      .meta({ description: 'As `condition[atLeast]`; empty for none' }),
    pledger: PledgeRequest.shape.pledger.meta({
      description: 'As `pledger[type]`, `pledger[name]`',
    }),
  })
  .meta({ id: 'PledgeForm' });
const EndorsementForm = z
  .strictObject({
    ...EndorsementRequest.shape,
    ...formFields,
    organisation: EndorsementRequest.shape.organisation.meta({
      description:
        'As `organisation[name]`, `organisation[url]`; the latter may be empty, or without `https://`',
    }),
  })
  .meta({ id: 'EndorsementForm' });

export const operations: Operations = {
  'POST /v1/campaigns/{slug}/signatures': submission(
    'takeSignature',
    'Sign a petition',
    SignatureRequest,
    SignatureForm,
    signature,
  ),
  'POST /v1/campaigns/{slug}/pledges': submission(
    'takePledge',
    'Pledge to fund',
    PledgeRequest,
    PledgeForm,
    pledge,
  ),
  'POST /v1/campaigns/{slug}/endorsements': submission(
    'takeEndorsement',
    'Support the ask as an organisation',
    EndorsementRequest,
    EndorsementForm,
    endorsement,
  ),
  'POST /v1/confirmations': byToken('confirmAction', 'Confirm by the token of the mailed link', 'confirm', {
    description: 'Repeating it answers the same. A form is answered by pages, refusals included.',
    responses: {
      200: answers(ConfirmedAnswer, 'Confirmed, now or before'),
      303: seeOther,
      ...refusals(...bodyRefusals, 404, 409, 410),
    },
  }),
  'POST /v1/withdrawals': byToken('withdrawAction', 'Withdraw by the token of the manage link', 'manage', {
    description: 'The tally follows. A form is answered by pages, refusals included.',
    responses: {
      200: answers(LeftAnswer, 'Withdrawn, now or before'),
      303: seeOther,
      ...refusals(...bodyRefusals, 410),
    },
  }),
  'POST /v1/erasures': byToken('eraseAction', 'Erase by the token of the manage link', 'manage', {
    description:
      'All that was said is removed; the tally follows. A form is answered by pages, refusals included.',
    responses: {
      200: answers(LeftAnswer, 'Erased, now or before'),
      303: seeOther,
      ...refusals(...bodyRefusals, 410),
    },
  }),
  'GET /v1/campaigns/{slug}/actions': {
    ...forCampaigner('readActions'),
    tags,
    operationId: 'listActions',
    summary: 'Actions that were confirmed, without personal data',
    description:
      'In no particular order. A chapter lists its own; a root those of its chapters too. Each call looks at a bounded part of them, so that a page can be empty and have a cursor: go on until the cursor is null.',
    requestParams: { path: campaignPath, query: ListQuery },
    responses: { 200: answers(ActionList, 'A page of actions'), ...refusals(401, 403, 404, 422) },
  },
  ...verifyOperations,
  ...exportOperations,
  'POST /v1/campaigns/{slug}/actions/invalidate': {
    ...forCampaigner('invalidateActions'),
    tags,
    operationId: 'invalidateActions',
    summary: 'Take actions back that nobody stands behind',
    description: 'Up to 100 at once, each by itself; the tally follows. Asking again is safe.',
    requestParams: { path: campaignPath },
    requestBody: jsonBody(InvalidationRequest, {
      actions: ['mental-health-for-all~signature~0aXk'],
      reason: 'automated',
    }),
    responses: {
      200: answers(InvalidationAnswer, 'What became of each'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
  'POST /v1/campaigns/{slug}/pledges/fulfilments': {
    ...forCampaigner('fulfilPledges'),
    tags,
    operationId: 'fulfilPledges',
    summary: 'Record how much of pledges was paid so far',
    description: 'Up to 100 at once, each by itself; the tally follows. Asking again is safe.',
    requestParams: { path: campaignPath },
    requestBody: jsonBody(FulfilmentRequest, {
      fulfilments: [{ action: 'mental-health-for-all~pledge~0aXk', amount: 2_500 }],
      reason: 'By the bank statement of 20 November',
    }),
    responses: {
      200: answers(FulfilmentAnswer, 'What became of each'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
};

function submission(
  operationId: string,
  summary: string,
  body: z.ZodType,
  form: z.ZodType,
  example: object,
): Operation {
  return {
    tags,
    operationId,
    summary,
    description:
      'Counts once it is confirmed by the mailed link; sending it again sends the mail again. New, repeated or too soon, the answer is the same. Grant the consents that the campaign marks as required.',
    requestParams: { path: campaignPath },
    requestBody: bodies(body, form, example),
    responses: {
      202: answers(TakenAnswer, 'Taken; a mail is on its way'),
      303: seeOther,
      ...refusals(...bodyRefusals, 404, 409),
    },
  };
}

function byToken(
  operationId: string,
  summary: string,
  purpose: string,
  rest: Pick<Operation, 'description' | 'responses'>,
): Operation {
  const requestBody = bodies(TokenRequest, TokenRequest, tokenOf(purpose));
  return { tags, operationId, summary, requestBody, ...rest };
}

function bodies(json: z.ZodType, form: z.ZodType, example: object): NonNullable<Operation['requestBody']> {
  return {
    required: true,
    content: {
      'application/json': { schema: json, example },
      'application/x-www-form-urlencoded': { schema: form },
    },
  };
}
