import { type HttpAnswer, type HttpRequest, json, seeOther } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { fromActionId } from './action.ts';
import type { LeftAnswer } from './action-answer.ts';
import type { Change } from './action-store.ts';
import { requireState } from './confirm-action.ts';
import { requireToken } from './links.ts';
import { TokenRequest } from './token-request.ts';

/** Withdrawing and erasing: the same way out by two writes. Doing it again answers the same again. */
export async function leaveAction(
  request: HttpRequest,
  state: 'withdrawn' | 'erased',
  write: (action: string, now: number) => Promise<Change>,
): Promise<HttpAnswer> {
  const { token } = validate(TokenRequest, request.body);
  const { action } = await requireToken(token, 'manage', request.now);
  const left = requireState(await write(action, request.now), state);
  if (request.isForm) return seeOther(`/manage?token=${encodeURIComponent(token)}`);
  const { root, kind } = fromActionId(action);
  return json(200, { status: state, campaign: left.current?.campaign ?? root, kind } satisfies LeftAnswer);
}
