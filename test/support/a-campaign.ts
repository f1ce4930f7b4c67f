import type { Campaign } from '../../functions/campaigns/campaign.ts';

/** 2026-11-20T12:00:00Z: the fixed time of the unit tests, in milliseconds. Campaigns of `aCampaign` are open then. */
export const noon = Date.UTC(2026, 10, 20, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What a campaign says of its letters. */
type Letters = NonNullable<Campaign['letters']>;

/** A live campaign as it is stored, which writes letters; any part of it can be replaced. */
export function aCampaign(changes: Partial<Campaign> = {}): Campaign {
  return aWritingCampaign(changes);
}

/** The same, for what asks for a campaign that writes letters. */
export function aWritingCampaign(changes: Partial<Campaign> = {}): Campaign & { letters: Letters } {
  return {
    slug: 'mental-health-for-all',
    status: 'live',
    owner: 'demo-network',
    defaultLanguage: 'en',
    texts: { en: aCampaignText(), fr: aCampaignText({ title: 'La santé mentale pour tous' }) },
    kinds: ['signature', 'pledge'],
    opensAt: '2026-10-10T00:00:00Z',
    timeZone: 'UTC',
    topics: [],
    notes: [],
    version: 0,
    milestones: { world: [10, 100], country: [5] },
    consents: [aConsent()],
    partners: ['other-org'],
    sources: ['qr'],
    pledge: aPledgeOffer(),
    letters: {
      approval: false,
      signatory: {
        name: 'Amara Okafor',
        organisation: 'Minds in Common',
        email: 'letters@example.org',
      },
    },
    targets: { rules: [{ classification: 'health-ministry' }], ids: [], except: [] },
    salt: 'A'.repeat(43),
    ...changes,
  };
}

export function aCampaignText(changes: Partial<NonNullable<Campaign['texts']['en']>> = {}) {
  return {
    title: 'Mental health for all',
    summary: 'Governments should lead.',
    text: 'Stigma can be unlearned.',
    ...changes,
  };
}

/** What a campaign takes of pledges: money, without conditions. */
export function aPledgeOffer(
  changes: Partial<NonNullable<Campaign['pledge']>> = {},
): NonNullable<Campaign['pledge']> {
  return {
    types: ['money'],
    conditions: [],
    beneficiary: { en: 'The fund' },
    purpose: { en: 'School programmes' },
    suggested: { EUR: [2_500] },
    limit: { EUR: 1_000_000 },
    ...changes,
  };
}

type Consent = Campaign['consents'][number];

export function aConsent(changes: Partial<Consent> = {}): Consent {
  return {
    id: 'privacy',
    required: true,
    versions: [aConsentVersion(1, '2026-10-01T00:00:00Z')],
    ...changes,
  };
}

export function aConsentVersion(version: number, since: string): Consent['versions'][number] {
  return { version, since, texts: { en: `Keep my details to count me (${version}).` } };
}
