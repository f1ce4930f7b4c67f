import { describe, expect, test } from 'vitest';
import type { Action } from '../../functions/actions/action.ts';
import { saidBefore } from '../../functions/actions/join-campaign.ts';
import { choosePurpose } from '../../functions/mail/choose-mail.ts';
import {
  anAction,
  aStoredPledge,
  aStoredSupport,
  askedAgain,
  confirmed,
  erased,
  someDetails,
  withdrawn,
} from '../support/an-action.ts';

const signed = confirmed(anAction());

function purposeOf(action: Action) {
  const { current, asked } = action;
  return choosePurpose(action, current && asked && saidBefore(current, asked.campaign));
}

describe('the mail to somebody who asked', () => {
  test.each([
    ['for the first time', anAction()],
    ['again before confirming', askedAgain(anAction(), { country: 'FR' })],
    ['again after a withdrawal', askedAgain(withdrawn(signed))],
    ['again after an erasure', askedAgain(erased(signed))],
  ])('%s asks to confirm', (_, action) => {
    expect(purposeOf(action)).toBe('confirm');
  });

  test.each([
    ['another country', { country: 'FR' }],
    ['another name', { familyName: 'Wanjiru' }],
    ['another way to be shown', { display: 'name' as const }],
    ['a consent taken back', { consents: [{ id: 'privacy', version: 1, granted: false }] }],
    ['a newer consent', { consents: [{ id: 'privacy', version: 2, granted: true }] }],
    ['another partner', { partner: 'other-org' }],
  ])('again with %s asks to confirm the change', (_, details) => {
    expect(purposeOf(askedAgain(signed, details))).toBe('confirm-change');
  });

  test('again in another campaign of the same root asks to confirm that one', () => {
    expect(purposeOf(askedAgain(signed, { campaign: 'kenya' }))).toBe('confirm');
  });

  test('again in a campaign that was joined before says that nothing is left to do', () => {
    const { campaign, consents } = someDetails();
    const both = {
      ...signed,
      current: { ...someDetails({ campaign: 'kenya' }), joined: [{ campaign, consents, at: 1 }] },
    };
    expect(purposeOf(askedAgain(both))).toBe('already-confirmed');
    expect(purposeOf(askedAgain(both, { partner: 'other-org' }))).toBe('confirm-change');
  });

  test('about a pledge in another campaign of the same root asks to confirm the change', () => {
    const pledged = { ...signed, current: someDetails({ pledge: aStoredPledge() }) };
    const asked = askedAgain(pledged, { campaign: 'kenya', pledge: aStoredPledge() });
    expect(purposeOf(asked)).toBe('confirm-change');
  });

  test.each([
    ['the same', {}],
    ['another spelling of the address', { email: 'AMINA+x@example.org' }],
    ['another language', { language: 'fr' }],
    ['another source', { source: 'qr' }],
    [
      'a consent that is not granted either way',
      { consents: [...someDetails().consents, { id: 'news', version: 1, granted: false }] },
    ],
  ])('again with %s says that nothing is left to do', (_, details) => {
    expect(purposeOf(askedAgain(signed, details))).toBe('already-confirmed');
  });

  test.each([
    ['amount', { amount: 5_000 }],
    ['currency', { currency: 'USD' }],
    ['interval', { interval: 'monthly' as const }],
    ['pledger', { pledger: { type: 'organisation' as const, name: 'Open Minds' } }],
    ['note', { note: 'For Nairobi' }],
    ['condition', { atLeast: 100 }],
  ])('about a pledge with another %s asks to confirm the change', (_, changes) => {
    const pledged = { ...signed, current: someDetails({ pledge: aStoredPledge() }) };
    expect(purposeOf(askedAgain(pledged, { pledge: aStoredPledge(changes) }))).toBe('confirm-change');
    expect(purposeOf(askedAgain(pledged, { pledge: aStoredPledge() }))).toBe('already-confirmed');
  });

  test('about a pledge without money in place of one of money, or the other way, asks to confirm the change', () => {
    const [money, support] = [aStoredPledge(), aStoredSupport()];
    for (const [current, asked] of [
      [money, support],
      [support, money],
    ]) {
      const pledged = { ...signed, current: someDetails({ pledge: current }) };
      expect(purposeOf(askedAgain(pledged, { pledge: asked }))).toBe('confirm-change');
      expect(purposeOf(askedAgain(pledged, { pledge: current }))).toBe('already-confirmed');
    }
  });

  test('about a pledge that a campaigner has verified since says that nothing is left to do', () => {
    const pledged = { ...signed, current: someDetails({ pledge: aStoredPledge({ toVerify: false }) }) };
    const again = askedAgain(pledged, { pledge: aStoredPledge({ toVerify: true }) });
    expect(purposeOf(again)).toBe('already-confirmed');
  });
});
