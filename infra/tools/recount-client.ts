import { setTimeout } from 'node:timers/promises';
import { PublicRecount } from '../../functions/tallies/recount.ts';
import { CallError, type Deployment } from './deployment.ts';

/** How long nothing may move, and how long a deployment may not answer, before it is given up (milliseconds). */
const patience = { still: 10 * 60_000, unanswered: 60_000 };
const interval = 500;

/** Asks for a recount. @throws CallError */
export async function requestRecount(deployment: Deployment, campaign: string): Promise<PublicRecount> {
  const body = { body: '{}', headers: { 'content-type': 'application/json' } };
  return read(await call(deployment, campaign, { method: 'POST', ...body }), deployment.origin, campaign);
}

/** Follows the recount of a campaign to its end. */
export async function* followRecount(
  deployment: Deployment,
  campaign: string,
  first: PublicRecount,
): AsyncGenerator<PublicRecount> {
  let [last, movedAt] = [first, performance.now()];
  yield first;
  while (last.state === 'requested' || last.state === 'running') {
    await setTimeout(interval);
    const next = await look(deployment, campaign);
    if (next.requestedAt !== first.requestedAt)
      throw new Error('A newer request took the place of this one.');
    if (JSON.stringify(next) !== JSON.stringify(last)) movedAt = performance.now();
    if (performance.now() - movedAt > patience.still)
      throw new Error(
        'Nothing has moved for ten minutes; look at the log and the failure queue (docs/operating.md).',
      );
    last = next;
    yield next;
  }
}

/** A look that fails may be a restart: it is taken again for a minute. */
async function look(deployment: Deployment, campaign: string): Promise<PublicRecount> {
  const deadline = performance.now() + patience.unanswered;
  for (;;) {
    try {
      const answer = await call(deployment, campaign);
      if (answer.status < 500 && answer.status !== 429)
        return await read(answer, deployment.origin, campaign);
      throw new Error(`${deployment.origin} answered ${answer.status}.`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await setTimeout(1_000);
    }
  }
}

function call({ origin, token }: Deployment, campaign: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${origin}/v1/campaigns/${encodeURIComponent(campaign)}/recount`, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  });
}

async function read(answer: Response, origin: string, campaign: string): Promise<PublicRecount> {
  if (answer.status === 401) throw new CallError(`The token is not valid at ${origin}, or not any more.`);
  if (answer.status === 403)
    throw new CallError(
      `Your role in the organisation of ${campaign} is too low: ask an organiser or owner.`,
    );
  if (answer.status === 404) throw new CallError(`There is no campaign ${campaign} for you at ${origin}.`);
  const said = PublicRecount.safeParse(await answer.json().catch(() => undefined));
  if (said.success) return said.data;
  throw new CallError(`${origin} answered ${answer.status}, and nothing that Groundswell would say.`);
}
