import type { Audited } from '../../shared/audit/entry.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import type { Action, Logo } from './action.ts';
import { getAction } from './action-store.ts';
import { type LogoImage, toLogo } from './logo.ts';
import { type ShownAction, saveLogo } from './logo-store.ts';
import { mayBeOwn, type Owner, toOwnView } from './own-action.ts';
import { toShownOrganisation } from './shown-organisation.ts';

interface Whose {
  /** The campaign, and the id of an action in it by which an organisation is shown. */
  campaign: Owner;
  action: string;
}

/**
 * Gives an organisation this logo in place of any that it has; with the same again, nothing changes.
 * @throws Problem `not-found`, `conflict` or `try-again-later`.
 */
export async function changeLogo(
  { image, ...whose }: Whose & { image: LogoImage },
  entry: Audited,
  now: number,
): Promise<Logo> {
  return untilShownIsSaved(whose, async (shown) => {
    const { logo, item } = toLogo(shown, image);
    const isThere = shown.current.logo?.id === logo.id;
    return isThere || (await saveLogo(shown, { logo, item }, entry, now)) ? logo : undefined;
  });
}

/** Takes it out again; where there is none, nothing changes. @throws Problem as `changeLogo`. */
export async function removeLogo(whose: Whose, entry: Audited, now: number): Promise<void> {
  await untilShownIsSaved(whose, async (shown) => {
    const isGone = !shown.current.logo;
    return isGone || (await saveLogo(shown, undefined, entry, now)) || undefined;
  });
}

/** When something else changes the action meanwhile, it is decided again on what it is then. */
function untilShownIsSaved<T>(
  { campaign, action: id }: Whose,
  save: (shown: ShownAction) => Promise<T | undefined>,
): Promise<T> {
  return untilSaved(async () => {
    const action = mayBeOwn(campaign, id) ? await getAction(id) : undefined;
    return save(requireShown(campaign, action));
  }, 'Others are changing this action; try again.');
}

function requireShown(campaign: Owner, action: Action | undefined): ShownAction {
  if (!action || !toOwnView(campaign, action))
    throw new Problem('not-found', 'There is no such action of this campaign.');
  const { current } = action;
  if (!current || !toShownOrganisation(action))
    throw new Problem(
      'conflict',
      'No organisation is shown for this action: verify its pledge or endorsement first.',
    );
  return { ...action, current };
}
