import type { LetterProof } from '../../functions/letters/letter-proof.ts';

/** What the page of a letter is given: a letter to Kenya, in English; any part of it can be replaced. */
export function aLetterProof(changes: Partial<LetterProof> = {}): LetterProof {
  return {
    number: 'MHFA-2026-7K3QX2AB',
    language: 'en',
    campaign: {
      slug: 'mental-health-for-all',
      title: 'Mental health for all',
      language: 'en',
      url: '/c/mental-health-for-all',
    },
    organisations: ['Demo Network', 'Other Organisation'],
    office: { name: 'Ministry of Health', country: 'KE' },
    letterLanguage: 'sw',
    date: '2026-11-20',
    occasion: { scope: 'world', threshold: 1_000 },
    state: 'delivered',
    stateSince: '2026-11-21T08:00:00.000Z',
    pdf: { sha256: '0f'.repeat(32), bytes: 148_213 },
    claimed: {
      asOf: '2026-11-20T12:00:00.000Z',
      signatures: 1_012,
      signaturesHere: 7,
      countries: 41,
      pledges: [{ currency: 'EUR', count: 1, amount: 2_500 }],
    },
    now: {
      asOf: '2026-12-02T08:31:00.000Z',
      signatures: 1_234,
      signaturesHere: 5,
      countries: 43,
      pledges: [{ currency: 'KES', count: 2, amount: 90_000 }],
    },
    ...changes,
  };
}
