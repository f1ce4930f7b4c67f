import type * as z from 'zod';
import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { byRoute } from '../../shared/http/by-route.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readCampaignNow } from '../campaigns/read.ts';
import { authorOf, type CampaignVerb, memberOf } from '../members/read.ts';
import { readTarget } from '../targets/read.ts';
import { changeLetter, etagOfLetter } from './change-letter.ts';
import { toLetterView } from './letter-view.ts';
import { requireLetter } from './require-letter.ts';
import { type Step, steps } from './run-letter.ts';
import { RetryRequest, StepRequest } from './step-request.ts';

export const handler = byRoute({
  'POST /v1/letters/{id}/approve': taking('approve', 'approveLetters', StepRequest),
  'POST /v1/letters/{id}/retry': taking('retry', 'runLetters', RetryRequest),
  'POST /v1/letters/{id}/cancel': taking('cancel', 'runLetters', StepRequest),
  'POST /v1/letters/{id}/record-sent': taking('record-sent', 'runLetters', StepRequest),
});

function taking(step: Step, verb: CampaignVerb, request: z.ZodType<RetryRequest>) {
  return httpHandler(async ({ path, headers, body, claims, now }) => {
    const { campaign, letter: key } = await requireLetter(path['id'] ?? '', claims, verb, now);
    const { reason, maySendTwice } = validate(request, body);
    const entry = audited({ thing: `campaign:${campaign}`, verb, by: authorOf(claims), reason }, now);
    const author = { audited: entry, ifMatch: headers['if-match'], now };
    const letter = await changeLetter({ campaign, letter: key }, author, async (stored) => {
      const [target, owning] = await Promise.all([readTarget(stored.target), readCampaignNow(campaign)]);
      return steps[step](stored, { target, campaign: owning, maySendTwice });
    });
    const view = toLetterView(letter);
    log('info', `a letter was asked to ${step}`, { letter: view.id, member: memberOf(claims) });
    return json(200, view, { etag: etagOfLetter(letter) });
  });
}
