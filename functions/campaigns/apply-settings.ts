import type { Language } from '../../shared/kernel/language.ts';
import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { changesOfAsk, frozen } from './ask.ts';
import type { Campaign } from './campaign.ts';
import { CampaignSettings } from './campaign-settings.ts';
import { consentErrors, nextConsents } from './consent-versions.ts';
import { refuseChangedPast, timeErrors, toTimes } from './settings-times.ts';

/** What of a campaign is no setting. */
export type Kept = Omit<Campaign, keyof CampaignSettings>;

interface Facts {
  /** Something was counted for the campaign. */
  signed: boolean;
  now: number;
}

/** A campaign that nobody has seen yet. @throws Problem `invalid-fields`. */
export function draftWith(settings: CampaignSettings, kept: Kept, now: number): Campaign {
  return withSettings({ ...kept, consents: [] }, settings, now);
}

/**
 * A campaign with these settings in the place of its own.
 * @throws Problem `invalid-fields` with all that is wrong; `conflict` for what is not changed any more.
 */
export function applySettings(
  stored: Campaign,
  settings: CampaignSettings,
  { signed, now }: Facts,
): Campaign {
  refuseArchived(stored);
  const next = withSettings(stored, settings, now);
  refuseChangedPast(stored, next, now);
  const changes = changesOfAsk(stored, next);
  if (signed && changes.length > 0) throw askFrozen(changes);
  const isAskedAnew = changes.length > 0 && stored.status !== 'draft';
  return { ...next, ...(isAskedAnew && { askSince: new Date(now).toISOString() }) };
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

/** What is no setting stays, whatever it is. */
function keptOf(stored: Kept): Kept {
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

function askFrozen(pointers: string[]): Problem {
  const detail =
    'People have signed this campaign: what it asks stays as it is. Explain it by a note (POST …/notes), or add languages.';
  return new Problem('conflict', detail, { errors: pointers.map(frozen) });
}
