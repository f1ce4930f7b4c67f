import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { problemPage } from '../../shared/http/problem-page.ts';
import { confirmPage } from '../../web/pages/confirm-page.ts';
import { getAction } from './action-store.ts';
import { requireToken } from './links.ts';
import { toShown } from './shown-action.ts';

/** Where a mailed link leads. It changes nothing: the button on the page does. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const token = query['token'] ?? '';
  const { action } = await requireToken(token, 'confirm', now);
  const stored = await getAction(action);
  const shown = await toShown(action, stored, headers['accept-language'], now);
  return page(200, confirmPage({ ...shown, token, pledge: stored?.asked?.pledge }));
}, problemPage);
