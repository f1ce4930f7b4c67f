import * as z from 'zod';
import { Classification } from '../../shared/kernel/classification.ts';
import { Jurisdiction } from '../../shared/kernel/jurisdiction.ts';
import { LanguageTag } from '../../shared/kernel/language.ts';
import { inTongue } from '../../shared/kernel/local-text.ts';
import { TargetId } from '../../shared/kernel/target-id.ts';
import { contactOf } from '../../shared/kernel/useful-contact.ts';
import { ContactDetail, Url } from './contact-detail.ts';
import { line, lines } from './plain-text.ts';

/** BCP 47, written in the one way that is canonical, so that no language is there under two names. */
export const Tag = z.string('Give a language.').refine(isCanonical, {
  error: ({ input }) => `Write the language as ${toCanonical(String(input)) ?? 'en, pt-BR or zh-Hans'}.`,
  params: { code: 'unknown-language' },
});

/** Words by language; any language, also one that the pages are not in. */
const localTexts = (max: number) =>
  z
    .record(Tag, line(max))
    .refine((texts) => Object.keys(texts).length > 0, {
      error: 'Give it in one language at least.',
      params: { code: 'required' },
    })
    .refine((texts) => Object.keys(texts).length <= 40, {
      error: 'Give it in at most 40 languages.',
      params: { code: 'too-big' },
    });

const Day = z.iso.date('Give a day such as 2026-10-31.');

/** Who holds the office. Days are of ISO 8601. */
const Holder = z
  .strictObject({
    name: line(120),
    honorific_prefix: localTexts(100).optional(),
    start_date: Day.optional(),
    end_date: Day.optional(),
  })
  .refine(({ start_date, end_date }) => !start_date || !end_date || start_date <= end_date, {
    path: ['end_date'],
    error: 'The term ends before it begins.',
    params: { code: 'end-before-start' },
  });

/** What the office requires of a petition. */
const Requirements = z
  .strictObject({
    form: lines(500).optional(),
    sender_identity: lines(500).optional(),
    file_number: line(100).optional(),
  })
  .refine(isFilled, { error: 'Give one of its fields, or leave it out.', params: { code: 'required' } });

const Source = z
  .strictObject({
    url: Url.optional(),
    note: lines(500).optional(),
  })
  .refine(isFilled, { error: 'Give a url or a note.', params: { code: 'required' } });

/**
 * An office that letters go to. Field names are Popolo's (popoloproject.com) where it has them: a post with its label,
 * area, holder, contact details and sources. An empty text is no text, so that a table of texts can hold all of it.
 */
export const Target = z
  .strictObject({
    id: TargetId,
    classification: Classification,
    area_id: Jurisdiction,
    /** Name of the office. */
    label: localTexts(300),
    holder: Holder.optional(),
    /** How a letter begins: `Dear Minister`. */
    salutation: localTexts(200).optional(),
    /** BCP 47, in order of preference. */
    languages: z
      .array(Tag)
      .min(1, 'Give one language at least.')
      .max(10, 'Give at most 10 languages.')
      .refine((tags) => new Set(tags).size === tags.length, {
        error: 'Give each language once.',
        params: { code: 'repeated' },
      }),
    channel: z.enum(['email', 'post', 'web-form', 'by-hand'], 'Give one of email, post, web-form, by-hand.'),
    contact_details: z.array(ContactDetail).max(20, 'Give at most 20 of them.').default([]),
    requirements: Requirements.optional(),
    note: lines(2_000).optional(),
    sources: z.array(Source).max(10, 'Give at most 10 sources.').default([]),
    /** Day on which the entry was last looked at. */
    updated_at: Day,
  })
  .refine(({ label, languages }) => [...languages, 'en'].some((tag) => inTongue(label, tag)), {
    path: ['label'],
    error: 'Name the office in one of its languages, or in English.',
    params: { code: 'no-label-in-language' },
  })
  .refine(({ channel, contact_details }) => contact_details.some(({ type }) => type === contactOf[channel]), {
    path: ['contact_details'],
    error: ({ input }) => {
      const { channel } = input as { channel: keyof typeof contactOf };
      return `Give a contact of the type ${contactOf[channel]}, for the channel is ${channel}.`;
    },
    params: { code: 'no-contact-for-channel' },
  })
  .meta({ id: 'Target' });
export type Target = z.output<typeof Target>;

/** What anyone may know of an office. */
export type Office = Pick<Target, 'id' | 'classification' | 'area_id' | 'label'>;

function isFilled(fields: Record<string, unknown>): boolean {
  return Object.values(fields).some((value) => value !== undefined);
}

function isCanonical(tag: string): boolean {
  return LanguageTag.safeParse(tag).success && toCanonical(tag) === tag;
}

/** Undefined for what is no language tag. */
function toCanonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
