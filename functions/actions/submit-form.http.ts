import {
  type HttpAnswer,
  type HttpRequest,
  httpHandler,
  page,
  retryHeader,
} from '../../shared/http/http-handler.ts';
import { type ActionKind, kindOfPath } from '../../shared/kernel/action-kind.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { isTextKey, pageText } from '../../web/pages/page-text.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { readPublicTally } from '../tallies/read.ts';
import { actionRequests } from './action-request.ts';
import { submitAction } from './submit-action.ts';

/** The forms of our own pages: as the API, but what is wrong is said on the page, where all that was typed is kept. */
export const handler = httpHandler(async (request) => {
  const kind = kindOf(request);
  return submitAction(kind, actionRequests[kind], request);
}, showForm);

async function showForm(problem: Problem, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await toForm(problem, request);
  } catch {
    // There is no such campaign, or it cannot be read now: the problem is all that there is to show.
    return problemPage(problem, request);
  }
}

async function toForm(problem: Problem, request: HttpRequest): Promise<HttpAnswer> {
  const slug = request.path['slug'] ?? '';
  const values = request.body as Record<string, unknown>;
  const wanted = [String(values['language'] ?? ''), request.headers['accept-language']];
  const [campaign, tally] = await Promise.all([
    readPublicAsk(slug, wanted, request.now, String(values['partner'] ?? '')),
    readPublicTally(slug, request.now),
  ]);
  const { errors } = problem.facts;
  const key = `outcome.${problem.code}.text`;
  const text = isTextKey(key) ? pageText(campaign.language)(key) : problem.message;
  const shown = errors ? { errors } : { problem: text };
  const html = campaignPage({ campaign, tally, values, kind: kindOf(request), ...shown });
  return page(problem.status, html, retryHeader(problem));
}

function kindOf({ rawPath }: HttpRequest): ActionKind {
  return kindOfPath(rawPath) ?? 'signature';
}
