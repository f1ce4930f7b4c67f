import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  forCampaigners,
  type Operation,
  type Operations,
  refusals,
  seeOther,
} from '../../shared/http/operation.ts';
import { ConfirmedAnswer, LeftAnswer, TakenAnswer } from './action-answer.ts';
import { PledgeRequest, SignatureRequest } from './action-request.ts';
import { FulfilmentAnswer, FulfilmentRequest } from './fulfil-pledges.ts';
import { InvalidationAnswer, InvalidationRequest } from './invalidate-actions.ts';
import { ActionList, ListQuery } from './list-actions.ts';
import { TokenRequest } from './token-request.ts';

const tags = ['actions'];

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

export const operations: Operations = {
  'POST /v1/campaigns/{slug}/signatures': submission(
    'takeSignature',
    'Sign a petition',
    SignatureRequest,
    SignatureForm,
  ),
  'POST /v1/campaigns/{slug}/pledges': submission('takePledge', 'Pledge to fund', PledgeRequest, PledgeForm),
  'POST /v1/confirmations': byToken('confirmAction', 'Confirm by the token of the mailed link', {
    description: 'Repeating it answers the same. A form is answered by pages, refusals included.',
    responses: {
      200: answers(ConfirmedAnswer, 'Confirmed, now or before'),
      303: seeOther,
      ...refusals(...bodyRefusals, 404, 409, 410),
    },
  }),
  'POST /v1/withdrawals': byToken('withdrawAction', 'Withdraw by the token of the manage link', {
    description: 'The tally follows. A form is answered by pages, refusals included.',
    responses: {
      200: answers(LeftAnswer, 'Withdrawn, now or before'),
      303: seeOther,
      ...refusals(...bodyRefusals, 410),
    },
  }),
  'POST /v1/erasures': byToken('eraseAction', 'Erase by the token of the manage link', {
    description:
      'All that was said is removed; the tally follows. A form is answered by pages, refusals included.',
    responses: {
      200: answers(LeftAnswer, 'Erased, now or before'),
      303: seeOther,
      ...refusals(...bodyRefusals, 410),
    },
  }),
  'GET /v1/campaigns/{slug}/actions': {
    ...forCampaigners,
    tags,
    operationId: 'listActions',
    summary: 'Actions that were confirmed, without personal data',
    description:
      'In no particular order. A chapter lists its own; a root those of its chapters too. Each call looks at a bounded part of them, so that a page can be empty and have a cursor: go on until the cursor is null.',
    requestParams: { path: campaignPath, query: ListQuery },
    responses: { 200: answers(ActionList, 'A page of actions'), ...refusals(401, 403, 404, 422) },
  },
  'POST /v1/campaigns/{slug}/actions/invalidate': {
    ...forCampaigners,
    tags,
    operationId: 'invalidateActions',
    summary: 'Take actions back that nobody stands behind',
    description: 'Up to 100 at once, each by itself; the tally follows. Asking again is safe.',
    requestParams: { path: campaignPath },
    requestBody: bodyOf(InvalidationRequest),
    responses: {
      200: answers(InvalidationAnswer, 'What became of each'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
  'POST /v1/campaigns/{slug}/pledges/fulfilments': {
    ...forCampaigners,
    tags,
    operationId: 'fulfilPledges',
    summary: 'Record how much of pledges was paid so far',
    description: 'Up to 100 at once, each by itself; the tally follows. Asking again is safe.',
    requestParams: { path: campaignPath },
    requestBody: bodyOf(FulfilmentRequest),
    responses: {
      200: answers(FulfilmentAnswer, 'What became of each'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
};

function submission(operationId: string, summary: string, body: z.ZodType, form: z.ZodType): Operation {
  return {
    tags,
    operationId,
    summary,
    description:
      'Counts once it is confirmed by the mailed link; sending it again sends the mail again. New, repeated or too soon, the answer is the same. Grant the consents that the campaign marks as required.',
    requestParams: { path: campaignPath },
    requestBody: bodies(body, form),
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
  rest: Pick<Operation, 'description' | 'responses'>,
): Operation {
  return { tags, operationId, summary, requestBody: bodies(TokenRequest, TokenRequest), ...rest };
}

function bodyOf(schema: z.ZodType): NonNullable<Operation['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } };
}

function bodies(json: z.ZodType, form: z.ZodType): NonNullable<Operation['requestBody']> {
  return {
    required: true,
    content: {
      'application/json': { schema: json },
      'application/x-www-form-urlencoded': { schema: form },
    },
  };
}
