import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { Currency } from '../../shared/kernel/iso.ts';
import { Language } from '../../shared/kernel/language.ts';
import { plainText, plainTexts } from '../../shared/kernel/plain-text.ts';
import { Campaign } from './campaign.ts';
import { LocalTime, TimeZone } from './campaign-times.ts';

const { slug: Slug, pledge, milestones } = Campaign.shape;
const letters = Campaign.shape.letters.unwrap();

/** Of a campaign's address, words that the API and the pages may need themselves. */
const systemWords = [
  ...['all', 'api', 'campaigns', 'chapters', 'directory', 'draft', 'drafts', 'export', 'import', 'log'],
  ...['managed', 'me', 'members', 'mine', 'moments', 'network', 'new', 'organisations', 'partners'],
  ...['search', 'settings', 'similar', 'system', 'targets'],
];

const repeated = { error: 'Name each of them once.', params: { code: 'repeated' } };

/** What a supporter consents to, as it is to be asked from now on. */
const Consent = z.strictObject({
  id: Slug,
  required: z.boolean().describe('Nobody can take part without granting it'),
  partner: Slug.optional().describe('The partner that it is for: only its own supporters are asked'),
  texts: plainTexts(2_000, { lines: true }),
});

/**
 * All that campaigners say of a campaign at once. What is its own resource (targets, notes, partners, letters' texts) or
 * follows from what is done (state, versions) is not among it.
 */
export const CampaignSettings = z
  .strictObject({
    defaultLanguage: Language.describe('What is shown to who asks for a language that it does not have'),
    texts: z.partialRecord(
      Language,
      z.strictObject({
        title: plainText(150),
        summary: plainText(400),
        text: plainText(6_000, { lines: true }).describe(
          'What supporters sign: paragraphs, divided by an empty line',
        ),
      }),
    ),
    kinds: unique(Campaign.shape.kinds),
    opensAt: LocalTime,
    closesAt: LocalTime.optional(),
    timeZone: TimeZone,
    moment: Slug.optional().describe('The global moment that it belongs to'),
    topics: unique(Campaign.shape.topics.unwrap()),
    milestones: z
      .strictObject({
        world: increasing(milestones.shape.world),
        country: increasing(milestones.shape.country),
      })
      .describe('What is told as it is reached: world-wide, and by country'),
    consents: z
      .array(Consent)
      .min(1)
      .max(20)
      .refine(isAnyRequired, {
        error: 'Let one consent be required of everybody: nobody can be counted without agreeing to it.',
        params: { code: 'none-required' },
      })
      .refine((consents) => isUnique(consents.map(({ id }) => id)), repeated),
    sources: unique(z.array(Slug).max(50)).describe('Names of links that supporters are counted by'),
    pledge: pledge
      .unwrap()
      .extend({
        beneficiary: plainTexts(500),
        purpose: plainTexts(500),
        suggested: z.partialRecord(Currency, z.array(z.int().positive()).max(6)),
        limit: z.partialRecord(Currency, z.int().positive()).optional(),
      })
      .optional(),
    storiesUrl: Campaign.shape.storiesUrl,
    letters: letters
      .extend({
        approval: letters.shape.approval.describe('Whether a person approves each letter before it is sent'),
        signatory: letters.shape.signatory.extend({
          name: plainText(120),
          organisation: plainText(120).optional(),
          phone: plainText(40).optional(),
        }),
      })
      .optional()
      .describe('Letters to the offices at each milestone; without, nobody is written to'),
  })
  .meta({ id: 'CampaignSettings' });
export type CampaignSettings = z.output<typeof CampaignSettings>;

const reason = Reason.optional();

/** `PUT`: all settings, in the place of those that are there. */
export const SettingsRequest = CampaignSettings.extend({ reason }).meta({ id: 'SettingsRequest' });

/** Bytes of a body: a campaign in ten languages is 40 kB. */
export const settingsLimit = 262_144;

/** `POST`: a new campaign, of an organisation, and maybe a chapter of another one. */
export const CampaignRequest = CampaignSettings.extend({
  slug: Slug.refine((slug) => !systemWords.includes(slug), {
    error: 'This word is taken by the system; choose another one.',
    params: { code: 'reserved' },
  }).describe('Its name in addresses, for good'),
  organisation: Slug.describe('The organisation that it is of'),
  partOf: Slug.optional().describe('The campaign that it is to be a chapter of'),
  reason,
}).meta({ id: 'CampaignRequest' });
export type CampaignRequest = z.output<typeof CampaignRequest>;

/** An explanation of the ask, in the languages that there are. */
export const NoteRequest = z
  .strictObject({ texts: plainTexts(2_000, { lines: true }), reason })
  .meta({ id: 'NoteRequest' });

/** Of what says all by its address. */
export const ReasonRequest = z.strictObject({ reason }).meta({ id: 'ReasonRequest' });

function unique<T extends string>(list: z.ZodType<T[]>) {
  return list.refine(isUnique, repeated);
}

function increasing(goals: z.ZodType<number[]>) {
  return goals.refine((list) => list.every((goal, at) => at === 0 || goal > (list[at - 1] ?? 0)), {
    error: 'Give each milestone once, each larger than the one before.',
    params: { code: 'not-increasing' },
  });
}

function isUnique(list: string[]): boolean {
  return new Set(list).size === list.length;
}

/** A partner's is asked of its own supporters alone. */
function isAnyRequired(consents: z.output<typeof Consent>[]): boolean {
  return consents.some(({ required, partner }) => required && partner === undefined);
}
