import { describe, expect, test } from 'vitest';
import { PledgeRequest, SignatureRequest } from '../../functions/actions/action-request.ts';
import { requireConfirmable, takeAction } from '../../functions/actions/take-action.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import {
  aCampaign,
  aConsent,
  aConsentVersion,
  aPledgeOffer,
  day,
  hour,
  minute,
  noon,
} from '../support/a-campaign.ts';
import { aPledge, aSignature, aSupport } from '../support/a-person.ts';

const iso = (at: number) => new Date(at).toISOString();

describe('a campaign', () => {
  test('takes a signature when it is live: what is stored is what was said', () => {
    expect(sign(aCampaign(), { language: 'fr-CA', postalCode: '00100', partner: 'other-org' })).toEqual({
      campaign: 'mental-health-for-all',
      givenName: 'Amina',
      familyName: 'Otieno',
      email: 'amina@example.org',
      country: 'KE',
      language: 'fr',
      postalCode: '00100',
      display: 'anonymous',
      consents: [{ id: 'privacy', version: 1, granted: true }],
      partner: 'other-org',
    });
  });

  test('speaks its default language to who asked for one that the system does not have', () => {
    expect(sign(aCampaign({ defaultLanguage: 'es' }), { language: 'ja' }).language).toBe('es');
  });

  const refusals: Array<[string, Campaign | undefined, Problem['code'], RegExp]> = [
    ['that does not exist', undefined, 'not-found', /no such campaign/],
    ['that is a draft', aCampaign({ status: 'draft' }), 'not-found', /no such campaign/],
    ['that is scheduled', aCampaign({ status: 'scheduled' }), 'campaign-not-open', /not opened yet/],
    ['that opens later', aCampaign({ opensAt: iso(noon + 1) }), 'campaign-not-open', /not opened yet/],
    ['that is paused', aCampaign({ status: 'paused' }), 'campaign-not-open', /paused/],
    ['whose time is over', aCampaign({ closesAt: iso(noon) }), 'campaign-not-open', /closed/],
    [
      'whose time was over while it was paused',
      aCampaign({ status: 'paused', closesAt: iso(noon) }),
      'campaign-not-open',
      /closed/,
    ],
    ['that is closed', aCampaign({ status: 'closed' }), 'campaign-not-open', /closed/],
    ['that is archived', aCampaign({ status: 'archived' }), 'campaign-not-open', /closed/],
    ['without signatures', aCampaign({ kinds: ['pledge'] }), 'campaign-not-open', /takes no signatures/],
  ];
  test.each(refusals)('%s takes no signature', (_, campaign, code, detail) => {
    const problem = refusalOf(() => sign(campaign));
    expect([problem.code, problem.message]).toEqual([code, expect.stringMatching(detail)]);
  });

  test('takes signatures from the moment it opens to the last one before it closes', () => {
    const campaign = aCampaign({ opensAt: iso(noon), closesAt: iso(noon + 1) });
    expect(sign(campaign)).toMatchObject({ campaign: campaign.slug });
  });
});

describe('the consents of a campaign', () => {
  test('that are required have to be given', () => {
    expect(errorsOf(() => sign(aCampaign(), { consents: [] }))).toEqual([['/consents', 'consent-required']]);
  });

  test('that are required have to be granted: the refusal points at the box', () => {
    const consents = [
      { id: 'news', version: 1, granted: false },
      { id: 'privacy', version: 1, granted: false },
    ];
    const campaign = aCampaign({ consents: [aConsent(), aConsent({ id: 'news', required: false })] });
    expect(errorsOf(() => sign(campaign, { consents }))).toEqual([
      ['/consents/1/granted', 'consent-required'],
    ]);
  });

  test('that are not required can be left out or refused', () => {
    const campaign = aCampaign({ consents: [aConsent(), aConsent({ id: 'news', required: false })] });
    expect(sign(campaign)).toMatchObject({ consents: [{ id: 'privacy' }] });
    const consents = [...aSignature().consents, { id: 'news', version: 1, granted: false }];
    expect(sign(campaign, { consents }).consents).toEqual(consents);
  });

  test('are accepted in a version superseded less than 30 days ago, and not a moment longer', () => {
    const supersededAt = (at: number) =>
      aCampaign({
        consents: [
          aConsent({ versions: [aConsentVersion(1, '2026-01-01T00:00:00Z'), aConsentVersion(2, iso(at))] }),
        ],
      });
    expect(sign(supersededAt(noon - 30 * day + 1)).consents).toEqual(aSignature().consents);
    expect(errorsOf(() => sign(supersededAt(noon - 30 * day)))).toEqual([
      ['/consents/0', 'consent-outdated'],
    ]);
  });

  test('that were taken off the campaign are accepted for 30 days, and required no more', () => {
    const retiredAt = (at: number) =>
      aCampaign({ consents: [aConsent(), aConsent({ id: 'press', retired: iso(at) })] });
    expect(sign(retiredAt(noon - 1))).toMatchObject({ consents: [{ id: 'privacy' }] });
    const consents = [...aSignature().consents, { id: 'press', version: 1, granted: true }];
    expect(sign(retiredAt(noon - 30 * day + 1), { consents }).consents).toEqual(consents);
    expect(errorsOf(() => sign(retiredAt(noon - 30 * day), { consents }))).toEqual([
      ['/consents/1', 'consent-outdated'],
    ]);
  });

  test('are refused in a version that never was, and when they are not asked here', () => {
    const given = (id: string, version: number) => ({ id, version, granted: true });
    const consents = [given('privacy', 9), given('cookies', 1)];
    expect(errorsOf(() => sign(aCampaign(), { consents }))).toEqual([
      ['/consents/0', 'consent-outdated'],
      ['/consents/1', 'consent-outdated'],
    ]);
  });

  describe('that a partner asks for itself', () => {
    const theirs = { ...aConsent({ id: 'theirs', required: false }), partner: 'other-org' };
    const campaign = aCampaign({ consents: [aConsent(), theirs] });
    const consents = ['privacy', 'theirs'].map((id) => ({ id, version: 1, granted: true }));

    test('are taken of who comes through it', () => {
      expect(sign(campaign, { consents, partner: 'other-org' }).consents).toEqual(consents);
    });

    test('are asked of nobody else', () => {
      const problem = refusalOf(() => sign(campaign, { consents }));
      expect(problem.facts.errors).toMatchObject([{ pointer: '/consents/1', code: 'consent-outdated' }]);
      const alone = consents.slice(0, 1);
      expect(sign(campaign, { consents: alone }).consents).toEqual(alone);
    });

    test('are left out of a form that comes through nobody, or no partner any more', () => {
      for (const [stored, partner] of [
        [campaign, undefined],
        [aCampaign({ ...campaign, partners: [] }), 'other-org'],
      ] as const) {
        const request = SignatureRequest.parse(aSignature({ consents, ...(partner && { partner }) }));
        const { consents: kept } = takeAction(stored, 'signature', request, noon, { isForm: true });
        expect(kept).toEqual(consents.slice(0, 1));
      }
    });
  });

  test('are given once each: granted and refused in one breath is no consent', () => {
    const consents = [true, false].map((granted) => ({ id: 'privacy', version: 1, granted }));
    expect(errorsOf(() => sign(aCampaign(), { consents }))).toEqual([['/consents/1', 'consent-repeated']]);
  });
});

test('a partner or a source that is not on the campaign’s lists is refused', () => {
  expect(errorsOf(() => sign(aCampaign(), { partner: 'stranger', source: 'tv' }))).toEqual([
    ['/partner', 'not-in-list'],
    ['/source', 'not-in-list'],
  ]);
});

test('of a form, what is on no list is left out: an old link does not cost a signature', () => {
  const take = (changes: Record<string, unknown>) =>
    takeAction(aCampaign(), 'signature', SignatureRequest.parse(aSignature(changes)), noon, { isForm: true });
  const old = take({ partner: 'stranger', source: 'tv' });
  expect(old).toMatchObject({ campaign: 'mental-health-for-all', givenName: 'Amina' });
  for (const field of ['partner', 'source']) expect(old).not.toHaveProperty(field);
  expect(take({ partner: 'stranger', source: 'qr' })).toMatchObject({ source: 'qr' });
  expect(take({ partner: 'other-org' })).toMatchObject({ partner: 'other-org' });
});

describe('a pledge', () => {
  test('of a person who names an organisation all the same is kept without it', () => {
    expect(pledge({ pledger: { type: 'individual', name: 'Amina Otieno' } })?.pledger).toEqual({
      type: 'individual',
    });
  });

  test('of a person is stored as it was made, and needs no verifying', () => {
    expect(pledge({ note: 'For Nairobi' })).toEqual({
      amount: 2_500,
      currency: 'EUR',
      interval: 'once',
      pledger: { type: 'individual' },
      note: 'For Nairobi',
      toVerify: false,
    });
  });

  test('of an organisation has to be verified', () => {
    const pledger = { type: 'organisation', name: 'Open Minds' };
    expect(pledge({ pledger })).toMatchObject({ pledger, toVerify: true });
  });

  test('has to be verified above the campaign’s limit for the currency, not at it', () => {
    expect(pledge({ amount: 1_000_000 })).toMatchObject({ toVerify: false });
    expect(pledge({ amount: 1_000_001 })).toMatchObject({ toVerify: true });
  });

  test('has to be verified above 10^10 minor units when the campaign sets no limit: a few could spoil the sum', () => {
    expect(pledge({ currency: 'JPY', amount: 10_000_000_000 })).toMatchObject({ toVerify: false });
    expect(pledge({ currency: 'JPY', amount: 10_000_000_001 })).toMatchObject({ toVerify: true });
  });

  test('is of what the campaign takes, and holds on a condition that it offers', () => {
    const campaign = aCampaign({
      pledge: aPledgeOffer({ types: ['money', 'support'], conditions: [100, 1_000] }),
    });
    expect(support({ condition: { atLeast: 100 } }, campaign)).toEqual({
      atLeast: 100,
      pledger: { type: 'individual' },
      toVerify: false,
    });
    expect(pledge({ condition: { atLeast: 1_000 } }, campaign)).toMatchObject({
      amount: 2_500,
      atLeast: 1_000,
    });
    expect(errorsOf(() => pledge({ condition: { atLeast: 99 } }, campaign))).toEqual([
      ['/condition', 'not-offered'],
    ]);
  });

  test('without money is stored without any, and has to be verified when it is an organisation’s', () => {
    const campaign = aCampaign({ pledge: aPledgeOffer({ types: ['support'] }) });
    const pledger = { type: 'organisation', name: 'Open Minds' };
    expect(support({ note: 'Go on' }, campaign)).toEqual({
      pledger: { type: 'individual' },
      note: 'Go on',
      toVerify: false,
    });
    expect(support({ pledger }, campaign)).toEqual({ pledger, toVerify: true });
    expect(errorsOf(() => pledge({}, campaign))).toEqual([['/type', 'not-offered']]);
  });

  test.each([
    ['says nothing else', aCampaign()],
    ['says nothing of pledges', withoutOffer(aCampaign())],
  ])('is of money and without a condition where the campaign %s', (_, campaign) => {
    expect(pledge({}, campaign)).toMatchObject({ amount: 2_500, toVerify: false });
    for (const refused of [
      () => support({ condition: { atLeast: 100 } }, campaign),
      () => pledge({ type: 'in-kind', condition: { atLeast: 100 } }, campaign),
    ])
      expect(errorsOf(refused)).toEqual([
        ['/type', 'not-offered'],
        ['/condition', 'not-offered'],
      ]);
  });

  test('in kind is offered by no campaign, with an amount or without', () => {
    const campaign = aCampaign({ pledge: aPledgeOffer({ types: ['money', 'support'] }) });
    expect(errorsOf(() => support({ type: 'in-kind' }, campaign))).toEqual([['/type', 'not-offered']]);
  });

  test('is not taken by a campaign of signatures only', () => {
    const problem = refusalOf(() => pledge({}, aCampaign({ kinds: ['signature'] })));
    expect(problem.message).toBe('This campaign takes no pledges.');
  });
});

describe('a confirmation', () => {
  const hoursAgo = (hours: number) => iso(noon - hours * hour);

  test.each([
    ['of a live campaign', aCampaign()],
    ['of a paused one: what was asked before still counts', aCampaign({ status: 'paused' })],
    ['23 hours after closing', aCampaign({ closesAt: hoursAgo(23) })],
    ['until a day after closing', aCampaign({ closesAt: iso(noon - day + 1) })],
    ['23 hours after it was closed by hand', aCampaign({ status: 'closed', closedAt: hoursAgo(23) })],
    [
      '23 hours after it was closed by hand, before its time',
      aCampaign({ status: 'closed', closedAt: hoursAgo(23), closesAt: hoursAgo(-50) }),
    ],
    [
      'of one that was archived a moment after closing',
      aCampaign({ status: 'archived', closedAt: iso(noon - 1) }),
    ],
    ['of one that was paused when it closed', aCampaign({ status: 'paused', closesAt: hoursAgo(23) })],
    ['of an ask that has not changed since', aCampaign({ askSince: iso(noon - minute) })],
    [
      'of one that was held 10 s ago, longer than a function lives',
      aCampaign({ heldSince: iso(noon - 10_000) }),
    ],
  ])('%s is taken', (_, campaign) => {
    expect(requireConfirmable(campaign, noon - minute, noon)).toBe(campaign);
  });

  test.each([
    ['of a campaign that is closed, nobody knows when', aCampaign({ status: 'closed' }), 'campaign-not-open'],
    ['of one that is archived, nobody knows when', aCampaign({ status: 'archived' }), 'campaign-not-open'],
    [
      '25 hours after closing of one that is archived',
      aCampaign({ status: 'archived', closesAt: hoursAgo(25) }),
      'campaign-not-open',
    ],
    ['a day after closing', aCampaign({ closesAt: iso(noon - day) }), 'campaign-not-open'],
    ['25 hours after closing', aCampaign({ closesAt: hoursAgo(25) }), 'campaign-not-open'],
    [
      '25 hours after it was closed by hand',
      aCampaign({ status: 'closed', closedAt: hoursAgo(25), closesAt: hoursAgo(-50) }),
      'campaign-not-open',
    ],
    [
      '25 hours after closing while it was paused',
      aCampaign({ status: 'paused', closesAt: hoursAgo(25) }),
      'campaign-not-open',
    ],
    ['of an ask that has changed since', aCampaign({ askSince: iso(noon - minute + 1) }), 'ask-changed'],
    ['of an ask that is held', aCampaign({ heldSince: iso(noon - 9_999) }), 'ask-changed'],
    ['of a campaign that is gone', undefined, 'not-found'],
  ])('%s is refused', (_, campaign, code) => {
    expect(refusalOf(() => requireConfirmable(campaign, noon - minute, noon)).code).toBe(code);
  });
});

function sign(campaign: Campaign | undefined, changes = {}) {
  return takeAction(campaign, 'signature', SignatureRequest.parse(aSignature(changes)), noon);
}

function pledge(changes: Record<string, unknown>, campaign = aCampaign()) {
  return takeAction(campaign, 'pledge', PledgeRequest.parse(aPledge(changes)), noon).pledge;
}

function support(changes: Record<string, unknown>, campaign = aCampaign()) {
  return takeAction(campaign, 'pledge', PledgeRequest.parse(aSupport(changes)), noon).pledge;
}

function withoutOffer({ pledge: _pledge, ...campaign }: Campaign): Campaign {
  return campaign;
}

function refusalOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

function errorsOf(act: () => unknown): string[][] {
  return (refusalOf(act).facts.errors ?? []).map(({ pointer, code }) => [pointer, code]);
}
