import type { Action, Details } from '../../functions/actions/action.ts';
import { type ChangeKind, countsOf, historyKey } from '../../functions/actions/count-history.ts';
import { noon } from './a-campaign.ts';

/** What a supporter said, as it is stored. */
export function someDetails(changes: Partial<Details> = {}): Details {
  return {
    campaign: 'mental-health-for-all',
    givenName: 'Amina',
    familyName: 'Otieno',
    email: 'amina@example.org',
    country: 'KE',
    language: 'en',
    display: 'anonymous',
    consents: [{ id: 'privacy', version: 1, granted: true }],
    ...changes,
  };
}

type Pledge = NonNullable<Details['pledge']>;

export function aStoredPledge(changes: Partial<Pledge> = {}): Pledge {
  return {
    amount: 2_500,
    currency: 'EUR',
    interval: 'once',
    pledger: { type: 'individual' },
    toVerify: false,
    ...changes,
  };
}

/** Backing of the demand without money, as it is stored. */
export function aStoredSupport(changes: Partial<Pledge> = {}): Pledge {
  return { pledger: { type: 'individual' }, toVerify: false, ...changes };
}

/** A stored action that waits for its confirmation; each other state is a change of it. */
export function anAction(changes: Partial<Action> = {}): Action {
  return {
    pk: 'mental-health-for-all#signature#0a',
    sk: 'ChZx',
    version: 11,
    state: 'pending',
    askedAt: noon,
    askedVersion: 11,
    asked: { ...someDetails(), expiresAt: noon + 7 * 24 * 3_600_000 },
    history: {},
    historyVersions: {},
    ...changes,
  };
}

/** The action as confirmed at its next version. */
export function confirmed({ asked, ...action }: Action, changes: Partial<Action> = {}): Action {
  const { expiresAt: _expiresAt, counts: _counts, ...said } = asked ?? { ...someDetails(), expiresAt: 0 };
  const current = changes.current ?? said;
  const next = remembering(action, 'confirmed', current);
  const { askedVersion: currentVersion, changedAt: confirmedAt = 0 } = next;
  return { ...next, state: 'confirmed', current, currentVersion, confirmedAt, ...changes };
}

/** The action as it is once something else was asked. */
export function askedAgain(action: Action, details: Partial<Details> = {}): Action {
  const version = action.version + 1;
  const askedAt = noon + 120_000;
  const asked = { ...someDetails(details), expiresAt: askedAt + 7 * 24 * 3_600_000 };
  return { ...action, version, askedVersion: version, askedAt, asked };
}

export function withdrawn({ asked: _asked, ...action }: Action): Action {
  return { ...remembering(action, 'withdrawn'), state: 'withdrawn' };
}

export function erased({ asked: _asked, current: _current, currentVersion: _of, ...action }: Action): Action {
  return { ...remembering(action, 'erased'), state: 'erased' };
}

export function invalidated({ asked: _asked, ...action }: Action): Action {
  return { ...remembering(action, 'invalidated+automated'), state: 'invalidated' };
}

/** The action at its next version, a second later, which counts by these details from then on, or by nothing. */
export function remembering(action: Action, kind: ChangeKind, details?: Details): Action {
  const version = action.version + 1;
  const changedAt = noon + 1_000 * (version - 11);
  const key = historyKey(changedAt, kind);
  return {
    ...action,
    version,
    changedAt,
    history: { ...action.history, [key]: details ? countsOf(details) : null },
    historyVersions: { ...action.historyVersions, [key]: version },
  };
}
