import * as z from 'zod';
import { ActionKind, isWidgetKind } from '../../shared/kernel/action-kind.ts';
import { Currency } from '../../shared/kernel/iso.ts';
import { Language, Texts } from '../../shared/kernel/language.ts';
import { Slug } from '../../shared/kernel/slug.ts';

export const CampaignStatus = z.enum(['draft', 'scheduled', 'live', 'paused', 'closed', 'archived']);

/** A consent; a change of its text is a new version, and a version never changes. The last one is in force. */
const Consent = z.strictObject({
  id: Slug,
  required: z.boolean(),
  /** Asked only where supporters come through this partner, and for it: it may then export those who granted it. */
  partner: Slug.optional(),
  /** When it was taken off the campaign: it is asked no more, and what was granted of it can still be shown. */
  retired: z.iso.datetime().optional(),
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

/** What campaigns are about, to be found by: a closed list. */
const topics = [
  'education',
  'anti-stigma',
  'funding',
  'human-rights',
  'young-people',
  'work',
  'crisis-care',
  'community-care',
] as const;
export const Topic = z.enum(topics);

const Note = z.strictObject({ at: z.iso.datetime(), texts: Texts });

const thresholds = z.array(z.int().positive()).max(20);

export const Campaign = z.strictObject({
  slug: Slug,
  status: CampaignStatus,
  owner: Slug,
  /** Slug of the root campaign when this is a chapter. */
  partOf: Slug.optional(),
  defaultLanguage: Language,
  texts: z.partialRecord(Language, CampaignText),
  kinds: z
    .array(ActionKind)
    .min(1)
    .refine((kinds) => kinds.some(isWidgetKind), {
      error: 'Let people take part, too: add signature or pledge.',
      params: { code: 'none-for-people' },
    }),
  /** UTC. What is live by its state opens and closes by these, at the moment itself: nothing is scheduled (ADR 15). */
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime().optional(),
  /** When it was closed by hand, before its time. */
  closedAt: z.iso.datetime().optional(),
  /** Since when it is paused, while it is. */
  pausedAt: z.iso.datetime().optional(),
  /** IANA name of the zone that people mean when they say when it opens and closes. */
  timeZone: z.string().default('UTC'),
  /** The global moment that it belongs to. */
  moment: Slug.optional(),
  topics: z.array(Topic).default([]),
  /** Explanations of the ask, which itself does not change once signed: public, newest last. */
  notes: z.array(Note).default([]),
  /** When the ask was last changed after publishing: what was asked before is no longer confirmed. */
  askSince: z.iso.datetime().optional(),
  /** Since when its ask is held, for seconds, while it is looked whether it may change: what was asked before is not confirmed. */
  heldSince: z.iso.datetime().optional(),
  /** Counts the changes by campaigners. */
  version: z.int().nonnegative().default(0),
  /** The version in which each field last changed, so that who has seen an older one can be told what is new. */
  changedIn: z.record(z.string(), z.int()).optional(),
  milestones: z.strictObject({ world: thresholds, country: thresholds }),
  consents: z.array(Consent).min(1),
  /** Closed lists: what may be counted by. */
  partners: z.array(Slug),
  sources: z.array(Slug),
  pledge: Pledge.optional(),
  /** Where supporters may tell their own story: the thanks page invites them there. */
  storiesUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Without them it is a petition alone: nobody is written to. */
  letters: z
    .strictObject({
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
    })
    .optional(),
  targets: Selection,
  /** Input of the de-duplication hash, base64url. Destroying it is part of anonymising the campaign. Never public. */
  salt: z.string().min(20),
});
export type Campaign = z.output<typeof Campaign>;

/** What stands around the ask, in one language; what there is none of is left out. */
const campaignContext = {
  moment: z
    .strictObject({
      slug: Slug,
      name: z.string(),
      on: z.string().describe('Its day, or the first of its days: MM-DD of each year, or YYYY-MM-DD once'),
      until: z.string().optional().describe('The last of its days, written alike'),
    })
    .optional()
    .describe('The global moment that it, or its root campaign, belongs to'),
  topics: z.array(Topic).optional(),
  notes: z
    .array(z.strictObject({ at: z.iso.datetime(), text: z.string() }))
    .optional()
    .describe('Explanations of the ask, which itself does not change once signed; newest last'),
  partOf: z
    .strictObject({ slug: Slug, title: z.string() })
    .optional()
    .describe('Its root campaign, when it is a chapter'),
};

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
    timeZone: z.string().optional().meta({
      description: 'IANA name of the zone that its times are meant in; else UTC',
      example: 'Africa/Nairobi',
    }),
    kinds: z.array(ActionKind),
    goals: thresholds,
    consents: z.array(
      z.strictObject({ id: Slug, version: z.int(), required: z.boolean(), text: z.string() }),
    ),
    partners: z.array(Slug),
    partner: z
      .strictObject({ slug: Slug, name: z.string(), text: z.string().optional() })
      .optional()
      .describe('The partner that was named, with its introduction'),
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
    ...campaignContext,
  })
  .meta({ id: 'Campaign' });
export type PublicCampaign = z.output<typeof PublicCampaign>;
export type CampaignContext = Pick<PublicCampaign, keyof typeof campaignContext>;
/** Without what stands around it, and whom it is addressed to, which only functions that may read the registry know. */
export type PublicAsk = Omit<PublicCampaign, 'targets' | keyof CampaignContext>;

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
  timeZone: true,
  kinds: true,
}).meta({ id: 'CampaignSummary' });
export type CampaignSummary = z.output<typeof CampaignSummary>;
