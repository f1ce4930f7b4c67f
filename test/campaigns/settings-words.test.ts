import { describe, expect, test } from 'vitest';
import { CampaignSettings, NoteRequest } from '../../functions/campaigns/campaign-settings.ts';
import { PartnerTerms } from '../../functions/campaigns/partnership-view.ts';
import { exampleSettings } from '../../functions/campaigns/settings-example.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';

type Settings = typeof exampleSettings;

const { en } = exampleSettings.texts as { en: { title: string; summary: string; text: string } };
const pledge = { beneficiary: { en: 'The fund' }, purpose: { en: 'Schools' }, suggested: {} };
const { letters } = exampleSettings as Required<Settings>;

const withText = (part: string) => (words: string) => ({ texts: { en: { ...en, [part]: words } } });
const withSignatory = (part: string) => (words: string) => ({
  letters: { ...letters, signatory: { ...letters.signatory, [part]: words } },
});
const withPledge = (part: string) => (words: string) => ({ pledge: { ...pledge, [part]: { en: words } } });
const withConsent = (words: string) => ({
  consents: [{ id: 'privacy', required: true, texts: { en: words } }],
});

const settings = (changes: (words: string) => object) => (words: string) =>
  pointersOf(CampaignSettings, { ...exampleSettings, ...changes(words) });

/** Where a campaigner's words are read by others, and whether they may have several lines. */
const places: Array<[name: string, ask: (words: string) => string[], pointer: string, lines: boolean]> = [
  ['a title', settings(withText('title')), '/texts/en/title', false],
  ['a summary', settings(withText('summary')), '/texts/en/summary', false],
  ['a text', settings(withText('text')), '/texts/en/text', true],
  ['a consent', settings(withConsent), '/consents/0/texts/en', true],
  ['who receives pledges', settings(withPledge('beneficiary')), '/pledge/beneficiary/en', false],
  ['what pledges are for', settings(withPledge('purpose')), '/pledge/purpose/en', false],
  ['the name of a signatory', settings(withSignatory('name')), '/letters/signatory/name', false],
  ['their organisation', settings(withSignatory('organisation')), '/letters/signatory/organisation', false],
  ['their telephone', settings(withSignatory('phone')), '/letters/signatory/phone', false],
  ['a note', (words) => pointersOf(NoteRequest, { texts: { en: words } }), '/texts/en', true],
  ['an introduction', (words) => pointersOf(PartnerTerms, { texts: { en: words } }), '/texts/en', true],
  [
    "a partner's consent",
    (words) => pointersOf(PartnerTerms, { consent: { en: words } }),
    '/consent/en',
    true,
  ],
];

describe('what campaigners write', () => {
  test.each(places)(
    'as %s is not blank, and has nothing that reads otherwise than it is stored',
    (_, ask, pointer) => {
      for (const words of [' ', '\u200b', 'A\u0000', 'A\tb', 'A \u202eb', 'A\u2066b'])
        expect([words, ask(words)]).toEqual([words, [pointer]]);
      expect(ask('می\u200cخواهیم')).toEqual([]);
    },
  );

  test.each(places)('as %s has as many lines as its place', (_, ask, pointer, lines) => {
    expect(ask('One\r\nTwo')).toEqual(lines ? [] : [pointer]);
  });

  test('is kept without blanks around it, and with line feeds alone', () => {
    const text = { ...en, title: ' Care ', text: 'One\r\n\r\nTwo\n' };
    const { texts } = validate(CampaignSettings, { ...exampleSettings, texts: { en: text } });
    expect(texts.en).toMatchObject({ title: 'Care', text: 'One\n\nTwo' });
  });
});

describe('milestones', () => {
  const ask = (milestones: Settings['milestones']) =>
    pointersOf(CampaignSettings, { ...exampleSettings, milestones });

  test('increase, and each is there once', () => {
    expect(ask({ world: [100, 50], country: [10, 10] })).toEqual([
      '/milestones/country',
      '/milestones/world',
    ]);
    expect(ask({ world: [50, 100], country: [] })).toEqual([]);
  });
});

test('a campaign opens and closes in years that people could mean', () => {
  const ask = (opensAt: string, closesAt: string) =>
    pointersOf(CampaignSettings, { ...exampleSettings, opensAt, closesAt });
  expect(ask('0001-03-30T02:30', '9999-12-31T23:59')).toEqual(['/closesAt', '/opensAt']);
  expect(ask('1999-12-31T23:59', '2101-01-01T00:00')).toEqual(['/closesAt', '/opensAt']);
  expect(ask('2000-01-01T00:00', '2100-12-31T23:59')).toEqual([]);
});

/** Where the input is refused, each place as often as it is. */
function pointersOf(schema: Parameters<typeof validate>[0], input: unknown): string[] {
  try {
    validate(schema, input);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.facts.errors ?? []).map(({ pointer }) => pointer).sort();
  }
}
