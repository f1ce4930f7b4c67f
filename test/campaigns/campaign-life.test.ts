import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { type Step, steps, takeStep } from '../../functions/campaigns/campaign-life.ts';
import { statusAt } from '../../functions/campaigns/publish-campaign.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { aCampaign, day, noon } from '../support/a-campaign.ts';

const iso = (at: number) => new Date(at).toISOString();
const pausedAt = iso(noon - day);

/** A campaign in each state that one can be in. */
const campaigns: Record<string, Campaign> = {
  draft: aCampaign({ status: 'draft' }),
  scheduled: aCampaign({ opensAt: iso(noon + day) }),
  live: aCampaign({ closesAt: iso(noon + day) }),
  paused: aCampaign({ status: 'paused', pausedAt, closesAt: iso(noon + day) }),
  'paused before it opens': aCampaign({ status: 'paused', pausedAt, opensAt: iso(noon + day) }),
  'closed by its time': aCampaign({ closesAt: iso(noon) }),
  'paused when its time was over': aCampaign({ status: 'paused', closesAt: iso(noon) }),
  'closed by hand': aCampaign({ status: 'closed', closedAt: iso(noon - day), closesAt: iso(noon + day) }),
  archived: aCampaign({ status: 'archived' }),
};

const table: Array<[string, Record<Step, Campaign['status'] | 'refused'>]> = [
  ['draft', { pause: 'refused', resume: 'refused', close: 'refused', archive: 'refused' }],
  ['scheduled', { pause: 'paused', resume: 'scheduled', close: 'closed', archive: 'refused' }],
  ['live', { pause: 'paused', resume: 'live', close: 'closed', archive: 'refused' }],
  ['paused', { pause: 'paused', resume: 'live', close: 'closed', archive: 'refused' }],
  ['paused before it opens', { pause: 'paused', resume: 'scheduled', close: 'closed', archive: 'refused' }],
  ['closed by its time', { pause: 'refused', resume: 'refused', close: 'closed', archive: 'archived' }],
  [
    'paused when its time was over',
    { pause: 'refused', resume: 'refused', close: 'closed', archive: 'archived' },
  ],
  ['closed by hand', { pause: 'refused', resume: 'refused', close: 'closed', archive: 'archived' }],
  ['archived', { pause: 'refused', resume: 'refused', close: 'refused', archive: 'archived' }],
];

describe('the life of a campaign', () => {
  test.each(table)('from %s leads to %j', (name, expected) => {
    const campaign = campaigns[name] as Campaign;
    const led = Object.keys(steps).map((step) => [step, ledTo(campaign, step as Step)]);
    expect(Object.fromEntries(led)).toEqual(expected);
  });

  test.each(Object.keys(campaigns))('moves no time of one that is %s', (name) => {
    const campaign = campaigns[name] as Campaign;
    for (const step of Object.keys(steps) as Step[]) {
      if (ledTo(campaign, step) === 'refused') continue;
      const { opensAt, closesAt } = takeStep(campaign, step, noon);
      expect([opensAt, closesAt]).toEqual([campaign.opensAt, campaign.closesAt]);
    }
  });

  test('says what can be done when a step does not apply', () => {
    const refusal = (status: Campaign['status'], step: Step) => () =>
      takeStep(aCampaign({ status }), step, noon);
    expect(refusal('live', 'archive')).toThrow(
      'This campaign is live and cannot be archived. It can be paused or closed.',
    );
    expect(refusal('draft', 'pause')).toThrow(
      'This campaign is a draft and cannot be paused. It can be published.',
    );
    expect(refusal('paused', 'archive')).toThrow('It can be resumed or closed.');
    expect(refusal('archived', 'close')).toThrow(
      'This campaign is archived and cannot be closed. It stays as it is.',
    );
  });

  test('keeps since when it is paused, while it is', () => {
    const paused = takeStep(aCampaign(), 'pause', noon);
    expect(paused).toEqual(aCampaign({ status: 'paused', pausedAt: '2026-11-20T12:00:00.000Z' }));
    expect(takeStep(paused, 'pause', noon + day)).toBe(paused);
    expect(takeStep(paused, 'resume', noon)).toEqual(aCampaign());
    // Of what was paused before this was kept, it begins when somebody pauses it again.
    expect(takeStep(aCampaign({ status: 'paused' }), 'pause', noon)).toEqual(paused);
  });

  test('keeps when it was closed by hand', () => {
    expect(takeStep(aCampaign(), 'close', noon)).toEqual(
      aCampaign({ status: 'closed', closedAt: '2026-11-20T12:00:00.000Z' }),
    );
  });
});

/** Where a step leads; where the campaign is so already, it stays the very same. */
function ledTo(campaign: Campaign, step: Step): string {
  try {
    const next = takeStep(campaign, step, noon);
    const status = statusAt(next, noon);
    if (status === statusAt(campaign, noon)) expect(next).toBe(campaign);
    return status;
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return 'refused';
    throw error;
  }
}
