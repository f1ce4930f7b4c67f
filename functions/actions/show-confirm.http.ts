import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { confirmPage } from '../../web/pages/confirm-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import type { Action, Details } from './action.ts';
import { getAction } from './action-store.ts';
import { requireTaken } from './confirmable.ts';
import { linkExpired, requireToken } from './links.ts';
import { toShown } from './shown-action.ts';

/** Where a mailed link leads. It changes nothing: the button on the page does. What that would be refused, is told at once. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const token = query['token'] ?? '';
  const link = await requireToken(token, 'confirm', now);
  const { action, version } = link;
  const stored = await getAction(action);
  const said = saidAt(version, stored);
  if (!said) throw linkExpired();
  await requireTaken(link, now);
  const shown = await toShown(action, said, headers['accept-language'], now);
  return page(200, confirmPage({ ...shown, token, pledge: said.pledge, endorser: said.endorser }));
}, problemPage);

/** What the button confirms, or has confirmed already; undefined when something newer has overtaken the link. */
function saidAt(version: number, action: Action | undefined): Details | undefined {
  if (action?.asked && action.askedVersion === version) return action.asked;
  return action?.state === 'confirmed' && action.currentVersion === version ? action.current : undefined;
}
