import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { confirmedPage } from '../../web/pages/confirmed-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readOrganisationName } from '../network/read.ts';
import { readPublicTally } from '../tallies/read.ts';
import { verificationOf } from './action.ts';
import { getAction } from './action-store.ts';
import { requireToken, siteLink } from './links.ts';
import { toShown } from './shown-action.ts';

/** Thanks, after the button was pressed. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const token = query['token'] ?? '';
  const { action: id } = await requireToken(token, 'manage', now);
  const action = await getAction(id);
  const shown = await toShown(id, action?.current ?? action?.asked, headers['accept-language'], now);
  const { slug, owner, storiesUrl: url } = shown.campaign;
  const html = confirmedPage({
    ...shown,
    tally: await readPublicTally(slug, now),
    stories: url === undefined ? undefined : { url, owner: await readOrganisationName(owner) },
    shareUrl: siteLink(`/c/${slug}`),
    manageUrl: `/manage?token=${encodeURIComponent(token)}`,
    awaitsVerification: verificationOf(action?.current ?? {})?.toVerify ?? false,
  });
  return page(200, html);
}, problemPage);
