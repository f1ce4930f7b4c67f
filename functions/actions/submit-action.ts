import type * as z from 'zod';
import { loadKeys } from '../../shared/aws/keys.ts';
import { type HttpAnswer, type HttpRequest, json, seeOther } from '../../shared/http/http-handler.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { decideBy, readCampaign } from '../campaigns/read.ts';
import { mailboxHash, toActionId } from './action.ts';
import type { TakenAnswer } from './action-answer.ts';
import { type ActionRequest, fromActionForm } from './action-request.ts';
import { askAction } from './action-store.ts';
import { takeAction } from './take-action.ts';

/**
 * Takes one submission. New, repeated or too soon after the last: the answer is the same, byte for byte,
 * and is given after the same one write.
 */
export async function submitAction(
  kind: ActionKind,
  schema: z.ZodType<ActionRequest>,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const slug = request.path['slug'] ?? '';
  const body = request.isForm ? fromActionForm(request.body as Record<string, unknown>) : request.body;
  const submitted = validate(schema, body);
  const { campaign, details } = await decideBy(slug, request.now, (found) => ({
    details: takeAction(found, kind, submitted, request.now, { isForm: request.isForm }),
    campaign: found,
  }));
  // A mailbox has one hash in all chapters: by the salt of their root.
  const root = campaign?.partOf ?? slug;
  const [{ dedupe }, rooted] = await Promise.all([loadKeys(), readCampaign(root, request.now)]);
  if (!rooted) throw new Error('The root of a chapter is not there');
  const hash = mailboxHash(details.email, dedupe, rooted.salt);
  await askAction(toActionId({ root, kind, hash }), details, request.now);
  return request.isForm
    ? seeOther(`/c/${slug}/check-your-email?kind=${kind}&lang=${details.language}`)
    : json(202, { status: 'check-your-email' } satisfies TakenAnswer);
}
