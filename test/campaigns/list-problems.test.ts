import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { isBlocking, type Launch, listProblems } from '../../functions/campaigns/list-problems.ts';
import { isReservedHost } from '../../functions/campaigns/reserved-host.ts';
import type { LetterTrial } from '../../functions/letters/read.ts';
import type { Target } from '../../functions/targets/target.ts';
import {
  aCampaign,
  aCampaignText,
  aConsent,
  aConsentVersion,
  aPledgeOffer,
  aWritingCampaign,
  day,
  noon,
} from '../support/a-campaign.ts';
import { aTarget } from '../support/a-target.ts';

/** A draft that nothing is wrong with. */
function aDraft(changes: Partial<Campaign> = {}) {
  const letters = aWritingCampaign().letters;
  return aWritingCampaign({
    status: 'draft',
    texts: {
      en: aCampaignText(),
      fr: aCampaignText({ summary: 'Aux États de mener.', text: 'La honte se désapprend.' }),
    },
    opensAt: '2026-12-01T00:00:00Z',
    topics: ['funding'],
    consents: [aConsentIn('en', 'fr')],
    pledge: aPledge(),
    letters: { ...letters, signatory: { ...letters.signatory, email: 'letters@minds-in-common.org' } },
    ...changes,
  });
}

function aConsentIn(...languages: string[]): Campaign['consents'][number] {
  const texts = Object.fromEntries(languages.map((language) => [language, 'Keep my details.']));
  return aConsent({ versions: [{ ...aConsentVersion(1, '2026-10-01T00:00:00Z'), texts }] });
}

function aPledge(changes: Partial<NonNullable<Campaign['pledge']>> = {}) {
  const both = { en: 'The fund', fr: 'Le fonds' };
  return aPledgeOffer({ beneficiary: both, purpose: both, ...changes });
}

const wellTried: LetterTrial = { written: ['en', 'fr'], wordless: [], fallbacks: [], faults: [] };

function problemsOf(changes: Partial<Campaign> = {}, around: Partial<Omit<Launch, 'campaign'>> = {}) {
  const launch = {
    campaign: aDraft(changes),
    organisations: [
      { slug: 'demo-network', name: 'Minds in Common' },
      { slug: 'other-org', name: 'Lantern Hill Forum' },
    ],
    root: undefined,
    hasMoment: true,
    targets: [aTarget()],
    letters: wellTried,
    ...around,
  };
  return listProblems(launch, noon);
}

const told = (problems: ReturnType<typeof problemsOf>) =>
  problems.map(({ severity, code, pointer }) => [severity, code, ...(pointer ? [pointer] : [])]);

test('a campaign that nothing is wrong with has no problems', () => {
  expect(problemsOf()).toEqual([]);
});

describe('texts', () => {
  test.each<[string, Partial<Campaign>, string[]]>([
    [
      'a consent in a language fewer blocks',
      { consents: [aConsentIn('en')] },
      ['blocks', 'consent-without-text', '/consents/0/texts/fr'],
    ],
    [
      'a consent of nothing but spaces blocks',
      {
        consents: [
          {
            ...aConsentIn('en', 'fr'),
            versions: [{ ...aConsentVersion(1, '2026-10-01T00:00:00Z'), texts: { en: 'Keep.', fr: ' ' } }],
          },
        ],
      },
      ['blocks', 'consent-without-text', '/consents/0/texts/fr'],
    ],
    [
      'a pledge without a purpose in a language blocks',
      { pledge: aPledge({ purpose: { en: 'Schools' } }) },
      ['blocks', 'missing-translation', '/pledge/purpose/fr'],
    ],
    [
      'a pledge without a beneficiary in a language blocks',
      { pledge: aPledge({ beneficiary: { fr: 'Le fonds' } }) },
      ['blocks', 'missing-translation', '/pledge/beneficiary/en'],
    ],
    [
      'an empty title blocks',
      { texts: { en: aCampaignText({ title: ' ' }) } },
      ['blocks', 'missing-translation', '/texts/en/title'],
    ],
    [
      'a text that was copied is told',
      { texts: { en: aCampaignText(), fr: aCampaignText({ summary: 'Aux États.' }) } },
      ['warns', 'untranslated', '/texts/fr/text'],
    ],
    [
      'words that stand for others are told',
      { texts: { en: aCampaignText({ summary: 'Lorem ipsum dolor sit amet' }) } },
      ['warns', 'placeholder', '/texts/en/summary'],
    ],
  ])('%s', (_what, changes, problem) => {
    expect(told(problemsOf(changes))).toEqual([problem]);
  });

  test('that are not there in the campaign’s own language block', () => {
    const { fr } = aDraft().texts;
    expect(told(problemsOf({ texts: { fr } as Campaign['texts'] }))).toEqual([
      ['blocks', 'no-default-text', '/texts/en'],
    ]);
  });

  test('of a consent for a partner may be missing in other languages than the campaign’s own', () => {
    const forPartner = { ...aConsentIn('fr'), id: 'theirs', required: false, partner: 'other-org' };
    expect(told(problemsOf({ consents: [aConsentIn('en', 'fr'), forPartner] }))).toEqual([
      ['blocks', 'consent-without-text', '/defaultLanguage'],
    ]);
    const inEnglish = { ...forPartner, versions: aConsentIn('en').versions };
    expect(told(problemsOf({ consents: [aConsentIn('en', 'fr'), inEnglish] }))).toEqual([
      ['warns', 'consent-without-text', '/consents/1/texts/fr'],
    ]);
  });

  test('of a consent count as they are now, and of one that was taken off not at all', () => {
    const { versions } = aConsentIn('en');
    const [first] = versions;
    const newer = { ...aConsentIn('en', 'fr').versions[0], version: 2 } as NonNullable<typeof first>;
    const mended = { ...aConsentIn('en'), versions: [...versions, newer] };
    expect(problemsOf({ consents: [mended] })).toEqual([]);
    const retired = { ...aConsentIn('en'), id: 'old', retired: '2026-11-01T00:00:00Z' };
    expect(problemsOf({ consents: [retired, aConsentIn('en', 'fr')] })).toEqual([]);
  });
});

describe('settings', () => {
  test.each<[string, Partial<Campaign>, string[]]>([
    [
      'nothing that must be agreed to',
      { consents: [{ ...aConsentIn('en', 'fr'), required: false }] },
      ['blocks', 'no-required-consent', '/consents'],
    ],
    [
      'a consent for who is no partner',
      { consents: [aConsentIn('en', 'fr'), { ...aConsentIn('en', 'fr'), id: 'x', partner: 'who' }] },
      ['warns', 'consent-of-no-partner', '/consents/1/partner'],
    ],
    ['pledges for nothing', { pledge: undefined } as object, ['blocks', 'pledge-without-offer', '/pledge']],
    ['an offer that nobody can take', { kinds: ['signature'] }, ['warns', 'offer-without-pledge', '/kinds']],
    [
      'no amounts to choose from',
      { pledge: aPledge({ suggested: { EUR: [] } }) },
      ['warns', 'no-suggested-amounts', '/pledge/suggested'],
    ],
    [
      'an amount above the limit',
      { pledge: aPledge({ suggested: { EUR: [2_500, 2_000_000] } }) },
      ['warns', 'suggested-above-limit', '/pledge/suggested/EUR'],
    ],
    [
      'a currency that there is not',
      { pledge: aPledge({ limit: { EUR: 1_000_000, EUX: 1 } }) },
      ['blocks', 'unknown-currency', '/pledge/limit/EUX'],
    ],
    ['no goal', { milestones: { world: [], country: [] } }, ['warns', 'no-goal', '/milestones/world']],
    [
      'goals out of order',
      { milestones: { world: [10, 100], country: [50, 50] } },
      ['warns', 'goals-not-increasing', '/milestones/country'],
    ],
    ['no topic', { topics: [] }, ['warns', 'no-topic', '/topics']],
    [
      'stories at an address for examples',
      { storiesUrl: 'https://www.example.com/stories' },
      ['warns', 'reserved-address', '/storiesUrl'],
    ],
    [
      'a partner that nobody knows',
      { partners: ['stranger'] },
      ['warns', 'unknown-organisation', '/partners/0'],
    ],
  ])('%s', (_what, changes, problem) => {
    expect(told(problemsOf(changes))).toEqual([problem]);
  });

  test('a signatory without a name blocks, and one at an address for examples is told', () => {
    const letters = aDraft().letters;
    const signatory = { ...letters.signatory, name: ' ', email: 'a@letters.example.org' };
    expect(told(problemsOf({ letters: { ...letters, signatory } }))).toEqual([
      ['blocks', 'no-signatory', '/letters/signatory/name'],
      ['warns', 'reserved-address', '/letters/signatory/email'],
    ]);
  });

  test('a moment that is not there blocks', () => {
    expect(told(problemsOf({ moment: 'some-day' }, { hasMoment: false }))).toEqual([
      ['blocks', 'no-such-moment', '/moment'],
    ]);
  });

  test.each([
    ['example.org', true],
    ['letters.example.org', true],
    ['LETTERS.TEST', true],
    ['localhost', true],
    ['example.org.', true],
    ['myexample.org', false],
    ['example.ke', false],
    ['who.int', false],
  ])('%s is a name for examples: %j', (host, reserved) => {
    expect(isReservedHost(host)).toBe(reserved);
  });
});

describe('times', () => {
  const at = (time: number) => new Date(time).toISOString();

  test.each<[string, Partial<Campaign>, string[][]]>([
    [
      'closing in the past blocks',
      { opensAt: at(noon - 3 * day), closesAt: at(noon) },
      [['blocks', 'closes-in-past', '/closesAt']],
    ],
    [
      'closing before opening blocks',
      { opensAt: at(noon + 2 * day), closesAt: at(noon + day) },
      [['blocks', 'opens-after-closing', '/opensAt']],
    ],
    [
      'a campaign of hours is told',
      { opensAt: at(noon + 2 * day), closesAt: at(noon + 2.5 * day) },
      [['warns', 'closes-soon', '/closesAt']],
    ],
    [
      'opening in the past is as good as opening now',
      { opensAt: at(noon - day), closesAt: at(noon + day) },
      [],
    ],
    [
      'what was published may be over',
      { status: 'live', opensAt: at(noon - 2 * day), closesAt: at(noon - day) },
      [],
    ],
  ])('%s', (_what, changes, problems) => {
    expect(told(problemsOf(changes))).toEqual(problems);
  });
});

describe('a chapter', () => {
  const root = (changes: Partial<Campaign> = {}) => aCampaign({ slug: 'root', ...changes });

  test.each<[string, Campaign | undefined, string[][]]>([
    ['of a live campaign is fine', root(), []],
    ['of nothing blocks', undefined, [['blocks', 'no-such-root', '/partOf']]],
    ['of a chapter blocks', root({ partOf: 'another' }), [['blocks', 'root-is-chapter', '/partOf']]],
    ['of one that is over blocks', root({ status: 'closed' }), [['blocks', 'root-closed', '/partOf']]],
    ['of a paused one is told', root({ status: 'paused' }), [['warns', 'root-not-live', '/partOf']]],
    ['of a draft is told', root({ status: 'draft' }), [['warns', 'root-not-live', '/partOf']]],
    [
      'of one that closes before is told',
      root({ closesAt: '2027-01-01T00:00:00Z' }),
      [['warns', 'closes-after-root', '/closesAt']],
    ],
  ])('%s', (_what, found, problems) => {
    expect(told(problemsOf({ partOf: 'root' }, { root: found }))).toEqual(problems);
  });
});

describe('letters', () => {
  const lost = (id: string): Target =>
    aTarget({ id, contact_details: [{ type: 'email', value: 'a@example.org', status: 'bounced' }] });

  test('to nobody block', () => {
    expect(told(problemsOf({}, { targets: [] }))).toEqual([['blocks', 'no-target', '/targets']]);
  });

  test('that a campaign writes none of ask for no office, no words and nobody who signs', () => {
    const petition = { letters: undefined, milestones: { world: [], country: [] } };
    const [problem, ...others] = problemsOf(petition, { targets: [], letters: undefined });
    expect([problem?.message, others]).toEqual([
      'There is no milestone: the page shows no goal. Add one.',
      [],
    ]);
  });

  test('that are off are told once where offices are selected: nobody is written to', () => {
    const targets = [lost('fr-health'), aTarget({ id: 'ug-health' })];
    const problems = problemsOf({ letters: undefined }, { targets, letters: undefined });
    expect(problems).toMatchObject([
      { severity: 'warns', code: 'letters-off', pointer: '/letters', count: 2 },
    ]);
  });

  test('that do not reach an office are told, by its name and not by its address', () => {
    const [problem, ...others] = problemsOf({}, { targets: [lost('fr-health'), aTarget()] });
    expect(problem).toMatchObject({ severity: 'warns', code: 'unreachable-office', target: 'fr-health' });
    expect(problem?.message).toMatch(/^Ministry of Health, KE \(fr-health\) has no address .* \(email\)/);
    expect(JSON.stringify([problem, ...others])).not.toContain('@');
    expect(others).toEqual([]);
  });

  test('that reach nobody block', () => {
    expect(told(problemsOf({}, { targets: [lost('a'), lost('b')] }))).toEqual([
      ['blocks', 'nobody-reachable', '/targets'],
      ['warns', 'unreachable-office'],
      ['warns', 'unreachable-office'],
    ]);
  });

  test('that do not reach hundreds are told by a hundred names and the number of the others', () => {
    const many = Array.from({ length: 150 }, (_, at) => lost(`office-${at}`));
    const problems = problemsOf({}, { targets: [aTarget(), ...many] });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ code: 'more-unreachable-offices', count: 50 });
  });

  test('without words block, and name how many offices', () => {
    const targets = [aTarget(), aTarget({ id: 'ug-health' })];
    const letters = { ...wellTried, written: [], wordless: targets };
    expect(problemsOf({}, { targets, letters })).toMatchObject([
      { severity: 'blocks', code: 'no-letter-text', count: 2, language: 'en' },
    ]);
  });

  test('in another language than the office’s are told, by the language', () => {
    const fallbacks = [aTarget({ languages: ['th'] }), aTarget({ languages: ['th', 'lo'] })];
    const problems = problemsOf({}, { letters: { ...wellTried, fallbacks } });
    expect(problems).toMatchObject([
      { severity: 'warns', code: 'letters-fall-back', language: 'th', count: 2 },
    ]);
    expect(problems[0]?.message).toContain('2 offices that read Thai (th)');
  });

  test('that do not speak a language of the campaign are told', () => {
    expect(problemsOf({}, { letters: { ...wellTried, written: ['en'] } })).toMatchObject([
      { severity: 'warns', code: 'letters-not-in-language', language: 'fr' },
    ]);
  });

  test('that cannot be typeset block, with the reason', () => {
    const fault = { target: 'ke-health', language: 'en', code: 'missing-glyph' as const, facts: ['𓀀', '𓀁'] };
    const [problem] = problemsOf({}, { letters: { ...wellTried, faults: [fault] } });
    expect(problem).toMatchObject({
      severity: 'blocks',
      code: 'letter-not-typeset',
      target: 'ke-health',
      language: 'en',
    });
    expect(problem?.message).toContain('𓀀 𓀁');
  });
});

test('what blocks comes first', () => {
  const problems = problemsOf({ topics: [], partners: ['stranger'] }, { targets: [] });
  expect(problems.map(isBlocking)).toEqual([true, false, false]);
});
