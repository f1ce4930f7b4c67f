import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  etag,
  forCampaigner,
  ifMatch,
  type Operation,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { LetterView } from './letter-view.ts';
import { RetryRequest, StepRequest } from './step-request.ts';

export const letterPath = z.object({
  id: z.string().meta({ description: 'Id of the letter', example: 'mental-health-for-all_0f2a' }),
});
const example = { reason: 'Read by two of us on 3 November' };

/** What a person does with a letter. */
export const runOperations: Operations = {
  'POST /v1/letters/{id}/approve': toRun({
    permission: 'approveLetters',
    operationId: 'approveLetter',
    summary: 'Approve a letter that is composed: it is sent, or brought',
    description:
      'With If-Match, what is approved is exactly what was read. One that is approved already or further on is answered as it is. Where the office takes no e-mail, it stays `composed` with the reason `not-by-email`: print it and bring it. Where it has no address of use, or the campaign is archived, it is 409.',
    body: { schema: StepRequest, example },
  }),
  'POST /v1/letters/{id}/retry': toRun({
    permission: 'runLetters',
    operationId: 'retryLetter',
    summary: 'Try a letter again that failed or bounced',
    description:
      'It is typeset anew when its content was why (then `requested`), else sent again (`approved`; `composed` where the campaign wants letters approved, for a reviewer to approve it again). One that is `unknown` may have arrived: it is sent again only with `maySendTwice`. What needs no retry is answered as it is; in an archived campaign it is 409.',
    body: { schema: RetryRequest, example: { reason: 'The office has a new address' } },
  }),
  'POST /v1/letters/{id}/cancel': toRun({
    permission: 'runLetters',
    operationId: 'cancelLetter',
    summary: 'Cancel a letter that has not been sent',
    description:
      'It is never sent then, and the page that proves it is not there. Other letters go on; the office is still counted as targeted. One that is being sent, or has been, is 409.',
    body: { schema: StepRequest, example: { reason: 'The minister has resigned' } },
  }),
  'POST /v1/letters/{id}/record-sent': toRun({
    permission: 'runLetters',
    operationId: 'recordLetterSent',
    summary: 'Record that a letter is there: somebody has brought it, or it arrived',
    description:
      'One that is to be brought (`composed` with the reason `not-by-email`), or one that is `unknown`. What is sent or delivered already is answered as it is.',
    body: { schema: StepRequest, example: { reason: 'Handed over at the ministry' } },
  }),
};

interface Run extends Pick<Operation, 'operationId' | 'summary'> {
  permission: string;
  description: string;
  body: { schema: z.ZodType; example: object };
}

function toRun({ permission, body, ...said }: Run): Operation {
  return {
    ...forCampaigner(permission),
    tags: ['letters'],
    ...said,
    requestParams: { path: letterPath, header: ifMatch },
    requestBody: { content: { 'application/json': body } },
    responses: {
      200: answers(LetterView, 'The letter as it is now', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  };
}
