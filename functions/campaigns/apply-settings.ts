import type { Language } from '../../shared/kernel/language.ts';
import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { changesOfAsk } from './ask.ts';
import type { Campaign } from './campaign.ts';
import { CampaignSettings } from './campaign-settings.ts';
import { consentErrors, nextConsents, renewConsents } from './consent-versions.ts';
import { refuseChangedPast, timeErrors, toTimes } from './settings-times.ts';
import { refuseUnpublishable } from './stay-publishable.ts';

/** What of a campaign is no setting. */
export type Kept = Omit<Campaign, keyof CampaignSettings>;

/** A campaign that nobody has seen yet. @throws Problem `invalid-fields`. */
export function draftWith(settings: CampaignSettings, kept: Kept, now: number): Campaign {
  return withSettings({ ...kept, consents: [] }, settings, now);
}

/**
 * A campaign with these settings in the place of its own. Whether it may ask something else is for change-settings.ts.
 * @throws Problem `invalid-fields` with all that is wrong; `conflict` for what is not changed any more.
 */
export function applySettings(stored: Campaign, settings: CampaignSettings, now: number): Campaign {
  refuseArchived(stored);
  const next = withSettings(stored, settings, now);
  refuseChangedPast(stored, next, now);
  refuseUnpublishable(stored, next, now);
  const isAskedAnew = stored.status !== 'draft' && changesOfAsk(stored, next).length > 0;
  if (!isAskedAnew) return next;
  return { ...next, askSince: new Date(now).toISOString(), consents: renewConsents(next.consents, now) };
}

/** @throws Problem `conflict`. */
export function refuseArchived({ status }: Campaign): void {
  if (status === 'archived') throw new Problem('conflict', 'This campaign is archived: it stays as it is.');
}

function withSettings(
  stored: Kept & Pick<Campaign, 'consents'> & Partial<Campaign>,
  settings: CampaignSettings,
  now: number,
): Campaign {
  const { opensAt: _opensAt, closesAt: _closesAt, consents, ...said } = settings;
  const times = toTimes(settings, stored);
  const errors = [
    ...textErrors(settings, stored.status),
    ...offerErrors(settings, stored.status),
    ...consentErrors(stored, consents),
    ...timeErrors(stored, times, now),
  ];
  if (errors.length > 0) throw invalidFields(errors);
  return { ...keptOf(stored), ...said, ...times, consents: nextConsents(stored.consents, consents, now) };
}

/** What is no setting stays, whatever it is; but no ask is held any longer. */
function keptOf({ heldSince: _heldSince, ...stored }: Kept): Kept {
  const isKept = ([name]: [string, unknown]) => !Object.hasOwn(CampaignSettings.shape, name);
  return Object.fromEntries(Object.entries(stored).filter(isKept)) as Kept;
}

type ByLanguage = [pointer: string, said: Partial<Record<Language, unknown>> | undefined];

/** Every reader falls back on the default language; of a draft only the ask has to be in it, for there is no reader yet. */
function textErrors(settings: CampaignSettings, status: Campaign['status']): FieldError[] {
  const { defaultLanguage: language, texts, consents, pledge } = settings;
  const others: ByLanguage[] = [
    ...consents.map((consent, at): ByLanguage => [`/consents/${at}/texts`, consent.texts]),
    ['/pledge/beneficiary', pledge?.beneficiary],
    ['/pledge/purpose', pledge?.purpose],
  ];
  const shown: ByLanguage[] = [['/texts', texts], ...(status === 'draft' ? [] : others)];
  return shown
    .filter(([, said]) => said && said[language] === undefined)
    .map(([pointer]) => ({
      pointer: `${pointer}/${language}`,
      code: 'required',
      message: 'Give it in the default language at least.',
    }));
}

/** The form would ask for a promise to nobody. What is missing of a draft is told before it is published. */
function offerErrors({ kinds, pledge }: CampaignSettings, status: Campaign['status']): FieldError[] {
  if (status === 'draft' || !kinds.includes('pledge') || pledge) return [];
  const message = 'The campaign takes pledges: say for whom and for what.';
  return [{ pointer: '/pledge', code: 'required', message }];
}
