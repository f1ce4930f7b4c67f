import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { Language, Texts } from '../../shared/kernel/language.ts';

const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens.')
  .max(60);

/** A member of the network. */
export const Organisation = z.strictObject({
  slug: Slug,
  name: z.string().min(1).max(120),
  country: Country.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
});
export type Organisation = z.output<typeof Organisation>;

const CampaignStatus = z.enum(['draft', 'scheduled', 'live', 'paused', 'closed', 'archived']);

/** A consent; a change of its text is a new version, and a version never changes. The last one is in force. */
const Consent = z.strictObject({
  id: Slug,
  required: z.boolean(),
  versions: z
    .array(z.strictObject({ version: z.int().positive(), since: z.iso.datetime(), texts: Texts }))
    .min(1),
});

const CampaignText = z.strictObject({
  title: z.string().min(1).max(150),
  summary: z.string().min(1).max(400),
  /** What supporters sign: paragraphs, divided by an empty line. It does not change once signed. */
  text: z.string().min(1).max(6_000),
});

/** What may be promised: an amount of money, or one's backing of the demand that governments fund. */
const PledgeType = z.enum(['money', 'support']);

const Pledge = z.strictObject({
  types: z.array(PledgeType).min(1).default(['money']),
  /** "Only once this many have pledged": what a promise may depend on, to choose from. */
  conditions: z.array(z.int().positive()).max(6).default([]),
  /** Who receives it, and for what. No money passes through Groundswell. */
  beneficiary: Texts,
  purpose: Texts,
  /** Amounts to choose from, in minor units, by currency. */
  suggested: z.partialRecord(z.string(), z.array(z.int().positive()).max(6)),
  /** Minor units by currency above which a pledge counts only once a campaigner has verified it. */
  limit: z.partialRecord(z.string(), z.int().positive()).optional(),
});

/**
 * Whom letters go to, as it is kept. Whether there are such kinds and areas is checked where a selection is written, by
 * `TargetSelection` of the targets room: its list of the world's regions is too long for a function that takes signatures.
 */
const Selection = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        classification: z.string().optional(),
        areas: z.array(z.string()).optional(),
        regions: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  ids: z.array(Slug).default([]),
  except: z.array(Slug).default([]),
});

const thresholds = z.array(z.int().positive()).max(20);

export const Campaign = z.strictObject({
  slug: Slug,
  status: CampaignStatus,
  owner: Slug,
  /** Slug of the root campaign when this is a chapter. */
  partOf: Slug.optional(),
  defaultLanguage: Language,
  texts: z.partialRecord(Language, CampaignText),
  kinds: z.array(ActionKind).min(1),
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime().optional(),
  milestones: z.strictObject({ world: thresholds, country: thresholds }),
  consents: z.array(Consent).min(1),
  /** Closed lists: what may be counted by. */
  partners: z.array(Slug),
  sources: z.array(Slug),
  pledge: Pledge.optional(),
  /** Where supporters may tell their own story: the thanks page invites them there. */
  storiesUrl: z.url({ protocol: /^https?$/ }).optional(),
  letters: z.strictObject({
    /** A campaigner approves each letter before it is sent. */
    approval: z.boolean(),
    /** Who answers for the letter; replies go to this address. The role is told in the letter's texts. */
    signatory: z.strictObject({
      name: z.string(),
      organisation: z.string().optional(),
      email: z.email(),
      phone: z.string().optional(),
    }),
    /** Days after the date of a letter by which a reply is asked for. */
    replyWithinDays: z.int().min(1).max(365).optional(),
  }),
  targets: Selection,
  /** Input of the de-duplication hash, base64url. Destroying it is part of anonymising the campaign. Never public. */
  salt: z.string().min(20),
});
export type Campaign = z.output<typeof Campaign>;

/** The campaign as anyone may see it, in one language. */
export const PublicCampaign = z
  .strictObject({
    slug: Slug,
    status: CampaignStatus,
    owner: z.strictObject({ slug: Slug, name: z.string() }),
    language: Language,
    languages: z.array(Language),
    title: z.string(),
    summary: z.string(),
    text: z.string(),
    opensAt: z.iso.datetime(),
    closesAt: z.iso.datetime().optional(),
    kinds: z.array(ActionKind),
    goals: thresholds,
    consents: z.array(
      z.strictObject({ id: Slug, version: z.int(), required: z.boolean(), text: z.string() }),
    ),
    partners: z.array(Slug),
    sources: z.array(Slug),
    targets: z.array(
      z.strictObject({
        country: z.string().meta({
          description: 'ISO 3166-1 alpha-2, EU, UN, or a region of UN M49',
          example: 'KE',
        }),
        office: z.string(),
      }),
    ),
    pledge: z
      .strictObject({
        beneficiary: z.string(),
        purpose: z.string(),
        suggested: z.partialRecord(Currency, z.array(z.int())),
        types: z.array(PledgeType).describe('What may be promised'),
        conditions: z
          .array(z.int())
          .describe('Numbers of pledges that a promise may be made to depend on; none: no conditions'),
      })
      .optional(),
  })
  .meta({ id: 'Campaign' });
export type PublicCampaign = z.output<typeof PublicCampaign>;
/** Without whom it is addressed to, which only functions that may read the registry know. */
export type PublicAsk = Omit<PublicCampaign, 'targets'>;

export const CampaignSummary = PublicCampaign.pick({
  slug: true,
  status: true,
  owner: true,
  language: true,
  languages: true,
  title: true,
  summary: true,
  opensAt: true,
  closesAt: true,
  kinds: true,
}).meta({ id: 'CampaignSummary' });
export type CampaignSummary = z.output<typeof CampaignSummary>;

export const CampaignList = z
  .strictObject({ campaigns: z.array(CampaignSummary) })
  .meta({ id: 'CampaignList' });
export type CampaignList = z.output<typeof CampaignList>;
