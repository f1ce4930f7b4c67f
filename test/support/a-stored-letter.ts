import { identifyLetter, type Letter } from '../../functions/letters/letter.ts';
import { noon } from './a-campaign.ts';

const campaign = 'mental-health-for-all';
const occasion = { scope: 'world', threshold: 10 };

/** A letter as it is stored once it is requested at the milestone of 10. */
export function aStoredLetter(changes: Partial<Letter> = {}): Letter {
  const target = changes.target ?? 'ke-health';
  return {
    campaign,
    ...identifyLetter({ slug: campaign, salt: 'A'.repeat(43) }, target, changes.occasion ?? occasion, noon),
    version: noon,
    state: 'requested',
    target,
    country: 'KE',
    occasion,
    figures: {
      signatures: 12,
      byCountry: { KE: 7, FR: 5 },
      pledges: [{ currency: 'EUR', count: 1, amount: 2_500 }],
    },
    history: [{ day: '2026-11-20', count: 12 }],
    requestedAt: noon,
    changedAt: noon,
    ...changes,
  };
}

/** The same, composed and approved. */
export function anApprovedLetter(changes: Partial<Letter> = {}): Letter {
  const pdf = { key: 'mental-health-for-all/letter.pdf', sha256: 'ab', bytes: 4 };
  const text = { language: 'en', version: 1, fallback: false };
  const named = { office: 'Ministry of Health', organisations: ['Demo Network'] };
  return aStoredLetter({ state: 'approved', text, named, pdf, ...changes });
}
