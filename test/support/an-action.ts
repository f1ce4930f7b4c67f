import type { Action, Details } from '../../functions/actions/action.ts';
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
    ...changes,
  };
}

/** The action as confirmed at its next version. */
export function confirmed({ asked, ...action }: Action, changes: Partial<Action> = {}): Action {
  const { expiresAt: _expiresAt, ...current } = asked ?? { ...someDetails(), expiresAt: 0 };
  return {
    ...action,
    version: action.version + 1,
    state: 'confirmed',
    current,
    currentVersion: action.askedVersion,
    confirmedAt: noon + 1_000,
    changedAt: noon + 1_000,
    ...changes,
  };
}

/** The action as it is once something else was asked. */
export function askedAgain(action: Action, details: Partial<Details> = {}): Action {
  const version = action.version + 1;
  const askedAt = noon + 120_000;
  const asked = { ...someDetails(details), expiresAt: askedAt + 7 * 24 * 3_600_000 };
  return { ...action, version, askedVersion: version, askedAt, asked };
}

export function withdrawn({ asked: _asked, ...action }: Action): Action {
  return { ...action, version: action.version + 1, state: 'withdrawn', changedAt: noon + 3_000 };
}

export function erased({
  asked: _asked,
  current: _current,
  currentVersion: _version,
  ...action
}: Action): Action {
  return { ...action, version: action.version + 1, state: 'erased', changedAt: noon + 4_000 };
}
