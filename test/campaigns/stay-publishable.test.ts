import { describe, expect, test } from 'vitest';
import { applySettings } from '../../functions/campaigns/apply-settings.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import type { CampaignSettings } from '../../functions/campaigns/campaign-settings.ts';
import { toManaged } from '../../functions/campaigns/settings-view.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import {
  aCampaign,
  aCampaignText,
  aConsent,
  aConsentVersion,
  aPledgeOffer,
  noon,
} from '../support/a-campaign.ts';

const nobody = { rules: [], ids: [], except: [] };
const inEnglish = { texts: { en: aCampaignText() } };
const whole = (changes: Partial<Campaign> = {}) => aCampaign({ ...inEnglish, ...changes });
const published: Campaign['status'][] = ['live', 'paused', 'closed'];
const letters = aCampaign().letters as NonNullable<Campaign['letters']>;
const blank = { ...letters, signatory: { ...letters.signatory, name: ' ' } };

/** Settings are applied as they are stored, also such as no request may send any more. */
const emptied: Array<[string, Campaign, Partial<CampaignSettings>, string]> = [
  ['a text', whole(), { texts: { en: aCampaignText({ text: ' ' }) } }, '/texts/en/text'],
  ['a title', whole(), { texts: { en: aCampaignText({ title: ' ' }) } }, '/texts/en/title'],
  ['the name of who signs its letters', whole(), { letters: blank }, '/letters/signatory/name'],
  [
    'a consent in one of its languages',
    whole(),
    { texts: { ...inEnglish.texts, fr: aCampaignText({ title: 'La santé' }) }, pledge: inTwo() },
    '/consents/0/texts/fr',
  ],
  ['what pledges are for', whole(), { pledge: aPledgeOffer({ purpose: { en: ' ' } }) }, '/pledge/purpose/en'],
  ['whom its letters go to', without('letters', { targets: nobody }), { letters }, '/letters'],
];

describe('a campaign that is published', () => {
  test.each(emptied)('does not lose %s', (_, stored, changes, pointer) => {
    for (const status of published)
      expect(errorsOf({ ...stored, status }, changes)).toEqual([expect.objectContaining({ pointer })]);
  });

  test.each(emptied)('may lose %s while it is a draft', (_, stored, changes) => {
    expect(errorsOf({ ...stored, status: 'draft' }, changes)).toEqual([]);
  });

  test('may lose what only warns: its milestones, its topics', () => {
    const stored = whole({ topics: ['work'] });
    expect(errorsOf(stored, { milestones: { world: [], country: [] }, topics: [] })).toEqual([]);
  });

  test('stays as wrong as it was, wherever that stands now', () => {
    // There are no words of the consent in French.
    const stored = aCampaign({ pledge: inTwo() });
    const first = { id: 'news', required: false, texts: { en: 'News?', fr: 'Des nouvelles ?' } };
    const { consents } = settingsOf(stored);
    expect(errorsOf(stored, { sources: [], consents: [first, ...consents] })).toEqual([]);
    expect(errorsOf(stored, { consents: [...consents, { ...first, texts: { en: 'News?' } }] })).toEqual([
      expect.objectContaining({ pointer: '/consents/1/texts/fr', code: 'consent-without-text' }),
    ]);
  });

  test('may be mended', () => {
    const stored = aCampaign({ pledge: inTwo() });
    const texts = { en: 'Keep my details.', fr: 'Gardez mes données.' };
    expect(errorsOf(stored, { consents: [{ id: 'privacy', required: true, texts }] })).toEqual([]);
  });

  test('may have a consent of a partner that speaks the default language alone', () => {
    const theirs = { ...aConsent({ id: 'theirs', required: false }), partner: 'other-org' };
    const privacy = aConsent({
      versions: [{ ...aConsentVersion(1, '2026-10-01T00:00:00Z'), texts: { en: 'Keep.', fr: 'Gardez.' } }],
    });
    const stored = aCampaign({ consents: [privacy, theirs], pledge: inTwo() });
    expect(errorsOf(stored, { sources: [] })).toEqual([]);
    expect(errorsOf(stored, { defaultLanguage: 'fr' })).toEqual([
      {
        pointer: '/defaultLanguage',
        code: 'consent-without-text',
        message: expect.stringContaining('PUT /v1/organisations/other-org/partnerships/'),
      },
    ]);
  });
});

function inTwo() {
  return aPledgeOffer({
    beneficiary: { en: 'The fund', fr: 'Le fonds' },
    purpose: { en: 'Schools', fr: 'Écoles' },
  });
}

function without(part: 'letters', changes: Partial<Campaign>): Campaign {
  const { [part]: _, ...rest } = whole(changes);
  return rest;
}

function settingsOf(campaign: Campaign): CampaignSettings {
  return toManaged(campaign, false, noon).settings;
}

function errorsOf(stored: Campaign, changes: Partial<CampaignSettings>) {
  try {
    applySettings(stored, { ...settingsOf(stored), ...changes }, noon);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.facts.errors ?? [];
  }
}
