import { describe, expect, test } from 'vitest';
import { PublicTally } from '../../functions/tallies/public-tally.ts';
import {
  emptyTally,
  type Tally,
  toChanges,
  toFigures,
  toPublicTally,
} from '../../functions/tallies/tally.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { noon } from '../support/a-campaign.ts';
import { aChangeOf, aCounted, someCounters } from '../support/an-event.ts';

const pledge = { currency: 'EUR', amount: 2_500 };

describe('what an event changes', () => {
  test('is one more in total, in its country and of its partner for a confirmed signature', () => {
    const [change] = toChanges(aChangeOf('x', 1, { after: aCounted({ partner: 'other-org' }) }));
    expect(change).toEqual({
      id: 'actions:x:1',
      at: noon,
      campaign: 'mental-health-for-all',
      counters: { s: 1n, 's@KE': 1n, 's+other-org': 1n, 's:confirmed': 1n },
    });
  });

  test('is one more of its source, too, for a signature, and nothing of the kind for a pledge', () => {
    const [signed, pledged] = (['signature', 'pledge'] as const).map((kind) =>
      toChanges(aChangeOf('x', 1, { after: aCounted({ kind, source: 'qr', shown: true }) })),
    );
    expect(signed?.[0]?.counters).toEqual({ s: 1n, 's@KE': 1n, 's~qr': 1n, 's:confirmed': 1n });
    expect(pledged?.[0]?.counters).toEqual({ p: 1n, 'p@KE': 1n, 'p:confirmed': 1n });
  });

  test('is one more organisation, in its country and of its partner, and nothing of people, for an endorsement', () => {
    const after = aCounted({ kind: 'endorsement', partner: 'other-org', source: 'qr' });
    const [change] = toChanges(aChangeOf('x', 1, { after }));
    expect(change?.counters).toEqual({ e: 1n, 'e@KE': 1n, 'e+other-org': 1n, 'e:confirmed': 1n });
    expect(change?.signer).toBeUndefined();
    const tally = { ...emptyTally('mental-health-for-all', [1]), counters: change?.counters ?? {} };
    expect(toFigures(tally)).toEqual({ signatures: 0, byCountry: {}, pledges: [] });
    expect(toPublicTally(tally)).toMatchObject({
      signatures: { total: 0, byCountry: {}, byPartner: {} },
      pledges: { total: 0, byCountry: {} },
      endorsements: { total: 1, byCountry: { KE: 1 } },
      goals: { next: 1, reached: [] },
    });
  });

  test('is one from another source when a signature is confirmed again by another link, or by one for the first time', () => {
    const [none, qr, app] = [undefined, 'qr', 'share-app'].map((source) =>
      aCounted(source ? { source } : {}),
    );
    const counters = [
      [none, qr],
      [qr, app],
      [app, none],
      [app, undefined],
    ].map(([before, after]) => toChanges(aChangeOf('x', 2, { before, after }))[0]?.counters);
    expect(counters).toEqual([
      { 's~qr': 1n },
      { 's~qr': -1n, 's~share-app': 1n },
      { 's~share-app': -1n },
      { s: -1n, 's@KE': -1n, 's~share-app': -1n, 's:withdrawn': 1n },
    ]);
  });

  test('is a pledge without an amount when one without money was confirmed, or took the place of money', () => {
    const support = aCounted({ kind: 'pledge' });
    const money = { ...support, pledge };
    const [confirmed] = toChanges(aChangeOf('x', 1, { after: support }));
    expect(confirmed?.counters).toEqual({ p: 1n, 'p@KE': 1n, 'p:confirmed': 1n });
    const [replaced] = toChanges(aChangeOf('x', 2, { before: money, after: support }));
    expect(replaced?.counters).toEqual({ 'n#EUR': -1n, 'a#EUR': -2_500n });
  });

  test('is no number, but who may be shown, when a supporter only chose to be', () => {
    const [change] = toChanges(aChangeOf('x', 2, { before: aCounted(), after: aCounted({ shown: true }) }));
    expect(change).toMatchObject({
      counters: {},
      signer: { action: 'x', version: 2, at: noon, shown: true },
    });
  });

  test('is the number of pledges and their amount by currency for a confirmed pledge', () => {
    const [change] = toChanges(aChangeOf('x', 1, { after: aCounted({ kind: 'pledge', pledge }) }));
    expect(change?.counters).toEqual({ p: 1n, 'p@KE': 1n, 'n#EUR': 1n, 'a#EUR': 2_500n, 'p:confirmed': 1n });
  });

  test('is what was counted taken back, and what counts now, when an action changed', () => {
    const before = aCounted({ kind: 'pledge', pledge });
    const after = aCounted({ kind: 'pledge', country: 'FR', pledge: { currency: 'EUR', amount: 5_000 } });
    const [change] = toChanges(aChangeOf('x', 2, { before, after }));
    expect(change?.counters).toEqual({ 'p@KE': -1n, 'p@FR': 1n, 'a#EUR': 2_500n });
  });

  test('is how much was paid when a pledge was fulfilled', () => {
    const before = aCounted({ kind: 'pledge', pledge });
    const after = aCounted({ kind: 'pledge', pledge: { ...pledge, fulfilled: 1_000 } });
    expect(toChanges(aChangeOf('x', 2, { before, after }))[0]?.counters).toEqual({ 'f#EUR': 1_000n });
    const [withdrawn] = toChanges(aChangeOf('x', 3, { before: after }));
    expect(withdrawn?.counters).toMatchObject({ 'a#EUR': -2_500n, 'f#EUR': -1_000n });
  });

  test.each([
    ['withdrawn', 'ActionWithdrawn', {}, 's:withdrawn'],
    ['erased', 'ActionErased', {}, 's:erased'],
    ['invalidated', 'ActionInvalidated', { reason: 'automated' }, 's:invalidated+automated'],
  ] as const)('is everything taken back when an action was %s, and how', (_, name, facts, way) => {
    const envelope = { id: 'actions:x:2', at: new Date(noon).toISOString(), action: 'x' };
    const event = toEvent(name, { ...envelope, before: aCounted(), ...facts } as never);
    expect(toChanges(event as never)[0]?.counters).toEqual({ s: -1n, 's@KE': -1n, [way]: 1n });
  });

  test('is the same in the root campaign when a chapter was signed', () => {
    const changes = toChanges(aChangeOf('x', 1, { after: aCounted({ campaign: 'chapter', root: 'root' }) }));
    expect(changes.map(({ campaign, counters }) => [campaign, counters])).toEqual([
      ['chapter', { s: 1n, 's@KE': 1n, 's:confirmed': 1n }],
      ['root', { s: 1n, 's@KE': 1n, 's:confirmed': 1n }],
    ]);
  });

  test('is one more in a second chapter that was joined, and leaves the totals of the first and of the root alone', () => {
    const before = aCounted({ campaign: 'chapter-a', root: 'root', partner: 'p-1', source: 'qr' });
    const after = aCounted({
      ...{ campaign: 'chapter-b', root: 'root', country: 'FR', partner: 'p-2' },
      joined: [{ campaign: 'chapter-a', partner: 'p-1', source: 'qr' }],
    });
    expect(countersBy(toChanges(aChangeOf('x', 2, { before, after })))).toEqual({
      'chapter-a': { 's@KE': -1n, 's@FR': 1n },
      'chapter-b': { s: 1n, 's@FR': 1n, 's+p-2': 1n, 's:confirmed': 1n },
      root: { 's@KE': -1n, 's@FR': 1n, 's+p-1': -1n, 's+p-2': 1n, 's~qr': -1n },
    });
  });

  test('is one in the root, and none in a chapter, when a root that was signed itself is followed by a chapter', () => {
    const before = aCounted({ campaign: 'root', root: 'root', source: 'qr' });
    const after = aCounted({
      ...{ campaign: 'chapter', root: 'root' },
      joined: [{ campaign: 'root', source: 'qr' }],
    });
    expect(countersBy(toChanges(aChangeOf('x', 2, { before, after })))).toEqual({
      root: { 's~qr': -1n },
      chapter: { s: 1n, 's@KE': 1n, 's:confirmed': 1n },
    });
  });

  test('is everything taken back in all campaigns that were joined when an action is withdrawn', () => {
    const before = aCounted({
      ...{ campaign: 'root', root: 'root', kind: 'pledge', pledge, partner: 'p-1' },
      joined: [{ campaign: 'chapter-a' }, { campaign: 'chapter-b', partner: 'p-2' }],
    });
    const taken = { p: -1n, 'p@KE': -1n, 'n#EUR': -1n, 'a#EUR': -2_500n, 'p:withdrawn': 1n };
    expect(countersBy(toChanges(aChangeOf('x', 2, { before })))).toEqual({
      root: { ...taken, 'p+p-1': -1n },
      'chapter-a': taken,
      'chapter-b': { ...taken, 'p+p-2': -1n },
    });
  });

  test('is a member of a set, and no count, for a letter that was requested or delivered', () => {
    const facts = {
      id: 'letters:x:1',
      at: new Date(noon).toISOString(),
      campaign: 'a',
      letter: 'x',
      target: 'ke',
    };
    const changes = (['LetterRequested', 'LetterDelivered'] as const).flatMap((name) =>
      toChanges(toEvent(name, facts)),
    );
    expect(changes.map(({ counters, members }) => [counters, members])).toEqual([
      [{}, { set: 'targeted', member: 'ke' }],
      [{}, { set: 'delivered', member: 'ke' }],
    ]);
  });
});

function countersBy(changes: ReturnType<typeof toChanges>) {
  return Object.fromEntries(changes.map(({ campaign, counters }) => [campaign, counters]));
}

describe('the public tally', () => {
  const stored: Tally = {
    ...emptyTally('mental-health-for-all', [100, 10]),
    version: 7,
    asOf: noon,
    rate: 1.5,
    counters: someCounters({
      s: 12,
      's@KE': 11,
      's@FR': 1,
      's@BR': 0,
      's+other-org': 2,
      's~qr': 3,
      's~share-link': 0,
      p: 2,
      'p@KE': 2,
      'n#EUR': 1,
      'a#EUR': 2_500,
      'f#EUR': 1,
      'n#JPY': 1,
      'a#JPY': 3_000,
    }),
    reached: new Set(['world#10', 'KE#5', 'world#1']),
    targeted: new Set(['ke', 'fr']),
    delivered: new Set(['ke']),
    recent: { of: 'mental-health-for-all~signature~', shown: [['0aXk', 7, noon]], gone: [['0bYl', 6, noon]] },
  };

  test('says all that is counted, amounts in minor units, nothing that fell back to zero', () => {
    const tally = toPublicTally(stored);
    expect(PublicTally.parse(tally)).toEqual({
      campaign: 'mental-health-for-all',
      asOf: '2026-11-20T12:00:00.000Z',
      signatures: {
        total: 12,
        byCountry: { KE: 11, FR: 1 },
        byPartner: { 'other-org': 2 },
        bySource: { qr: 3 },
      },
      pledges: {
        total: 2,
        byCurrency: {
          EUR: { count: 1, amount: 2_500, fulfilled: 1 },
          JPY: { count: 1, amount: 3_000, fulfilled: 0 },
        },
        byCountry: { KE: 2 },
      },
      endorsements: { total: 0, byCountry: {} },
      goals: { next: 100, reached: [1, 10] },
      governments: { targeted: 2, delivered: 1, answered: 0, committed: {} },
      ratePerMinute: 1.5,
      pollAfter: 5,
    });
  });

  test('says sums beyond what JSON keeps as a string of digits, to the last one', () => {
    const counters = { 'n#IRR': 2n, 'a#IRR': 9_007_199_254_740_993n, 'f#IRR': 9_007_199_254_740_991n };
    const tally = PublicTally.parse(JSON.parse(JSON.stringify(toPublicTally({ ...stored, counters }))));
    expect(tally.pledges.byCurrency).toEqual({
      IRR: { count: 2, amount: '9007199254740993', fulfilled: 9_007_199_254_740_991 },
    });
  });

  test('says nothing of who signed, not even an id', () => {
    expect(JSON.stringify(toPublicTally(stored))).not.toMatch(/0aXk|0bYl|~/);
  });

  test('is a pure function of what is stored', () => {
    const before = structuredClone(stored);
    expect(toPublicTally(stored)).toEqual(toPublicTally(stored));
    expect(stored).toEqual(before);
  });

  test('of nothing counted yet has no date and the first goal before it', () => {
    const tally = toPublicTally(emptyTally('a', [100, 10]));
    expect(PublicTally.parse(tally)).toMatchObject({ asOf: null, goals: { next: 10, reached: [] } });
  });

  test('has no next goal when all are met', () => {
    expect(toPublicTally({ ...stored, goals: [10, 12] }).goals.next).toBeNull();
  });

  test('is never below nothing, also when a withdrawal was counted before its confirmation', () => {
    const counters = { s: -1, 's@KE': -1, 's~qr': -1, p: -1, 'p@KE': -1, 'n#EUR': -1, 'a#EUR': -2_500 };
    const tally = toPublicTally({ ...stored, counters: someCounters(counters) });
    expect(PublicTally.parse(tally)).toMatchObject({
      signatures: { total: 0, byCountry: {}, bySource: {} },
      pledges: { total: 0, byCurrency: {}, byCountry: {} },
    });
  });
});

describe('the figures that a milestone freezes', () => {
  test('are the signatures, by country, and the pledges by currency', () => {
    const counters = { s: 2, 's@KE': 2, 's@FR': 0, 'n#EUR': 1, 'a#EUR': 2_500, 'n#JPY': 0, 'a#JPY': 0 };
    expect(toFigures({ ...emptyTally('a', []), counters: someCounters(counters) })).toEqual({
      signatures: 2,
      byCountry: { KE: 2 },
      pledges: [{ currency: 'EUR', count: 1, amount: 2_500 }],
    });
  });

  test('leave out a country whose withdrawal was counted before its confirmation', () => {
    const counters = someCounters({ s: 1, 's@KE': 2, 's@FR': -1 });
    const figures = toFigures({ ...emptyTally('a', []), counters });
    expect(figures.byCountry).toEqual({ KE: 2 });
  });
});
