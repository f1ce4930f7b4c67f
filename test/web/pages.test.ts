import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../shared/kernel/language.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { checkEmailPage } from '../../web/pages/check-email-page.ts';
import { confirmPage } from '../../web/pages/confirm-page.ts';
import { confirmedPage } from '../../web/pages/confirmed-page.ts';
import { countPage } from '../../web/pages/count-page.ts';
import { dashboardPage } from '../../web/pages/dashboard-page.ts';
import { findLetterPage } from '../../web/pages/find-letter-page.ts';
import { homePage } from '../../web/pages/home-page.ts';
import { invitationPage } from '../../web/pages/invitation-page.ts';
import { letterProofPage } from '../../web/pages/letter-proof-page.ts';
import { managePage } from '../../web/pages/manage-page.ts';
import { messagePage, outcomeText } from '../../web/pages/message-page.ts';
import { aLetterProof } from '../support/a-letter-proof.ts';
import {
  aCountByDay,
  aLetterState,
  aPublicCampaign,
  aPublicOffer,
  aPublicTally,
  structureOf,
} from '../support/a-page.ts';

/** Every page, with one text wherever a person's or a campaigner's text stands. */
const pages: Record<string, (text: string, language?: Language) => string> = {
  home: (text, language = 'en') =>
    homePage({
      language,
      campaigns: [told(text, language)],
      languages: ['en', 'ar'],
      site: 'https://example.org',
    }),
  campaign: (text, language = 'en') =>
    campaignPage({
      campaign: told(text, language),
      tally: aPublicTally(),
      values: { givenName: text, email: text, postalCode: text, country: text, majorAmount: text },
      errors: [{ pointer: `/${text}`, code: text, message: text }],
      problem: text,
    }),
  'open campaign': (text, language = 'en') =>
    campaignPage({
      campaign: told(text, language),
      tally: aPublicTally(),
      site: 'https://example.org',
      values: { partner: text, source: text },
      signers: [text],
      partners: [{ name: text, url: text }, { name: text }],
      letters: [aLetterState({ office: text })],
    }),
  count: (text, language = 'en') => countPage({ campaign: told(text, language), count: aCountByDay() }),
  check: (text, language = 'en') =>
    checkEmailPage({ language, campaign: { slug: 's', title: text }, kind: 'pledge' }),
  confirm: (text, language = 'en') =>
    confirmPage({ language, campaign: { slug: 's', title: text }, kind: 'signature', token: text }),
  confirmed: (text, language = 'en') =>
    confirmedPage({
      language,
      campaign: { slug: 's', title: text, kinds: ['signature'], sources: ['share-link'] },
      kind: 'signature',
      tally: aPublicTally(),
      shareUrl: text,
      partner: text,
      stories: { url: text, owner: text },
      country: 'KE',
      manageUrl: text,
    }),
  manage: (text, language = 'en') =>
    managePage({
      language,
      campaign: { slug: 's', title: text },
      kind: 'signature',
      token: text,
      action: { state: 'confirmed', givenName: text, familyName: text, email: text, consents: [text] },
    }),
  letter: (text, language = 'en') => {
    const { campaign, office } = aLetterProof();
    const named = { organisations: [text], office: { ...office, name: text } };
    return letterProofPage(
      aLetterProof({ ...named, language, campaign: { ...campaign, slug: 's', title: text } }),
    );
  },
  dashboard: (text, language = 'en') => dashboardPage({ language, issuer: { issuer: text, client: text } }),
  invitation: (text, language = 'en') =>
    invitationPage({
      ...{ language, organisation: text, role: 'owner', token: text },
      ...{ expiresAt: Date.UTC(2026, 10, 20), issuer: { issuer: text, client: text } },
    }),
  'find a letter': (text, language = 'en') => findLetterPage(language, text),
  message: (text, language = 'en') => messagePage({ language, title: text, text, link: { href: '/', text } }),
};

function told(text: string, language: Language) {
  return aPublicCampaign({
    language,
    title: text,
    summary: text,
    text,
    owner: { slug: 'o', name: text },
    partners: [text],
    sources: [text],
    consents: [{ id: text, version: 1, required: true, text }],
    targets: [{ country: 'KE', office: text }],
    partner: { slug: 'p', name: text, text },
    moment: { slug: 'm', name: text, on: '10-10' },
    notes: [{ at: '2026-10-12T09:00:00Z', text }],
    partOf: { slug: 'r', title: text },
    pledge: aPublicOffer({ beneficiary: text, purpose: text, suggested: {} }),
  });
}

describe.each(Object.entries(pages))('the %s page', (_, toPage) => {
  test('is never given an element or an attribute by a text', () => {
    const usual = structureOf(toPage('usual'));
    const characters = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '=',
      ' on',
      'script',
      '{',
      '#',
      ':',
      '\u202e',
    );
    const text = fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: characters, minLength: 1 }));
    const oneLine = text.filter((some) => some.trim() !== '' && !/\s/.test(some.replaceAll(' ', '')));
    fc.assert(
      fc.property(oneLine, (some) => {
        expect(structureOf(toPage(some))).toEqual(usual);
      }),
      { numRuns: 40 },
    );
  });

  test('has nothing that the strict CSP forbids', () => {
    const page = toPage('x');
    expect(structureOf(page).join('\n')).not.toMatch(/^style|\s(?:style|on[a-z]+)\b/m);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)/);
  });

  test('says its language and direction', () => {
    expect(toPage('x', 'ar')).toContain('<html lang="ar" dir="rtl">');
    expect(toPage('x', 'fr')).toContain('<html lang="fr" dir="ltr">');
  });

  test('has one heading of the first level, and a way to skip to it', () => {
    const page = toPage('x');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('href="#main"');
    expect(page).toContain('<main id="main"');
  });
});

test('the confirm page changes nothing until its one button is pressed', () => {
  const page = confirmPage({
    language: 'en',
    campaign: { slug: 's', title: 'T' },
    kind: 'pledge',
    token: 'a.b',
    pledge: { amount: 2500, currency: 'EUR', interval: 'monthly' },
  });
  expect(page).toContain('<form class="confirm" method="post" action="/v1/confirmations"');
  expect(page.match(/<button/g)).toHaveLength(1);
  expect(page).not.toMatch(/<script|http-equiv/);
  expect(page).toContain('€25.00 · Every month');
});

test.each([
  [
    'money that depends on others',
    { amount: 2500, currency: 'EUR', interval: 'once', atLeast: 1_000 },
    '€25.00 · Once · Only once 1,000 pledges are confirmed',
  ],
  ['backing without money', {}, 'Backing, without money'],
  [
    'an organisation’s backing',
    { pledger: { type: 'organisation', name: 'Open Minds' } },
    'Backing, without money · Open Minds',
  ],
] as const)('the confirm and the manage page say a pledge of %s', (_, pledge, text) => {
  const about = {
    language: 'en',
    campaign: { slug: 's', title: 'T' },
    kind: 'pledge',
    token: 'a.b',
  } as const;
  expect(confirmPage({ ...about, pledge })).toContain(text);
  expect(managePage({ ...about, action: { state: 'confirmed', pledge } })).toContain(text);
});

describe('the manage page', () => {
  const campaign = { slug: 's', title: 'T' };
  const given = { givenName: 'Amina', email: 'amina@example.org' };

  test('offers to withdraw and to erase what is confirmed', () => {
    const action = { state: 'confirmed', ...given } as const;
    const page = managePage({ language: 'en', campaign, kind: 'signature', action, token: 'a.b' });
    expect(page).toContain('action="/v1/withdrawals"');
    expect(page).toContain('action="/v1/erasures"');
  });

  test('offers only to erase what is withdrawn, and nothing once it is erased', () => {
    const withdrawn = { state: 'withdrawn', ...given } as const;
    const page = managePage({ language: 'en', campaign, kind: 'signature', action: withdrawn, token: 'a.b' });
    expect(page).not.toContain('action="/v1/withdrawals"');
    expect(page).toContain('action="/v1/erasures"');
    const erased = { state: 'erased' } as const;
    expect(
      managePage({ language: 'en', campaign, kind: 'signature', action: erased, token: 'a.b' }),
    ).not.toContain('<form');
  });
});

test('an outcome is told in the language of the page, or else as the server tells it', () => {
  expect(outcomeText('fr', 'link-expired').title).toBe('Ce lien n’est plus valable');
  expect(outcomeText('en', 'body-too-large', 'Send less.')).toEqual({
    title: 'That did not work',
    text: 'Send less.',
  });
});
