import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fromActionId,
  fromKey,
  keyHash,
  mailboxHash,
  toActionId,
  toKey,
} from '../../functions/actions/action.ts';
import { countedBy } from '../../functions/actions/count-history.ts';
import {
  anAction,
  aStoredPledge,
  confirmed,
  erased,
  invalidated,
  someDetails,
  withdrawn,
} from '../support/an-action.ts';

const dedupe = Buffer.alloc(32, 1);
const salt = Buffer.alloc(32, 2).toString('base64url');

describe('the identity of an action', () => {
  test('goes from id to key and back, for every root, kind and mailbox', () => {
    const aSlug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
    const aKind = fc.constantFrom('signature' as const, 'pledge' as const);
    fc.assert(
      fc.property(aSlug, aKind, fc.emailAddress(), (root, kind, email) => {
        const identity = { root, kind, hash: mailboxHash(email, dedupe, salt) };
        expect(fromActionId(toActionId(identity))).toEqual(identity);
        expect(fromKey(toKey(toActionId(identity)))).toEqual(identity);
      }),
    );
  });

  test('fits a URL and a token: it needs no escaping and has no dot', () => {
    const hash = mailboxHash('amina@example.org', dedupe, salt);
    expect(toActionId({ root: 'a-b', kind: 'pledge', hash })).toMatch(/^[\w~-]+$/);
  });

  test('spreads a campaign over 256 partitions by the first byte of the hash', () => {
    const hashes = Array.from({ length: 4_000 }, (_, at) => mailboxHash(`p${at}@example.org`, dedupe, salt));
    const partitions = hashes.map((hash) => toKey(toActionId({ root: 'a', kind: 'signature', hash })).pk);
    expect(partitions[0]).toMatch(/^a#signature#[0-9a-f]{2}$/);
    expect(new Set(partitions).size).toBeGreaterThan(250);
  });

  test('is the same for every spelling of a mailbox, and another in another campaign', () => {
    const hash = mailboxHash('amina@example.org', dedupe, salt);
    expect(mailboxHash('AMINA+petition@Example.ORG', dedupe, salt)).toBe(hash);
    expect(mailboxHash('amina@example.org', dedupe, Buffer.alloc(32, 3).toString('base64url'))).not.toBe(
      hash,
    );
    expect(mailboxHash('amina@example.org', Buffer.alloc(32, 4), salt)).not.toBe(hash);
  });

  test('is named in events by a hash that does not hold the key', () => {
    const { pk, sk } = anAction();
    expect(keyHash({ pk, sk })).toMatch(/^[\w-]{22}$/);
    expect(keyHash({ pk, sk: `${sk}x` })).not.toBe(keyHash({ pk, sk }));
  });
});

describe('an action', () => {
  test('counts once it is confirmed, by its country, partner and campaign', () => {
    const action = confirmed(anAction(), { current: someDetails({ partner: 'other-org' }) });
    expect(countedBy(action)).toEqual({
      campaign: 'mental-health-for-all',
      root: 'mental-health-for-all',
      kind: 'signature',
      country: 'KE',
      partner: 'other-org',
    });
  });

  test('counts for its root when it is a chapter’s', () => {
    const action = confirmed(anAction(), { current: someDetails({ campaign: 'kenya' }) });
    expect(countedBy(action)).toMatchObject({ campaign: 'kenya', root: 'mental-health-for-all' });
  });

  test('that pledges counts by amount and currency', () => {
    expect(countedBy(aConfirmedPledge())).toMatchObject({
      kind: 'pledge',
      pledge: { currency: 'EUR', amount: 2_500 },
    });
  });

  test.each([
    ['is not confirmed', anAction()],
    ['was withdrawn', withdrawn(confirmed(anAction()))],
    ['was erased', erased(confirmed(anAction()))],
    ['was invalidated', invalidated(confirmed(anAction()))],
    ['pledges what has to be verified first', aConfirmedPledge({ toVerify: true })],
  ])('that %s does not count', (_, action) => {
    expect(countedBy(action)).toBeUndefined();
  });

  function aConfirmedPledge(changes = {}) {
    const current = someDetails({ pledge: aStoredPledge(changes) });
    return confirmed(anAction({ pk: 'mental-health-for-all#pledge#0a' }), { current });
  }
});
