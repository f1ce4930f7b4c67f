import { domainToASCII } from 'node:url';
import * as z from 'zod';
import { Country } from '../../shared/kernel/iso.ts';
import { LanguageTag } from '../../shared/kernel/language.ts';

/** Controls, halves of characters, line separators, and what overrides the direction of what follows. */
const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** Joiners and marks alone: nothing that a reader could see. */
const unseen = /^[\p{Cf}\p{Z}\p{M}]+$/u;
/**
 * What would make a link of a name in a mail or a letter. A short word before the dot may be an initial or a title
 * ("M.Top", "Dr.Io"), so that endings which are also names need a longer one.
 */
const url =
  /:\/\/|\bwww\.|[\p{L}\p{N}]\.(?:com|net|org|info|biz|xyz)\b|[\p{L}\p{N}-]{3,}\.(?:ru|cn|top|io)\b|[\p{L}\p{N}]\.\p{L}{2,}\//iu;

/** What is too long is not looked at further. By a pipe, as a check that aborts would keep the rules of the whole body unsaid. */
export const PersonName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(100, 'Give at most 100 characters.')
  .pipe(
    z
      .string()
      .refine((name) => !unsafe.test(name) && !unseen.test(name), {
        error: 'Leave out control characters.',
        params: { code: 'unsafe-characters' },
      })
      .refine((name) => !url.test(name), {
        error: 'A name cannot hold a web address.',
        params: { code: 'contains-url' },
      }),
  );

const Email = z
  .string()
  .trim()
  .max(254, 'Give at most 254 characters.')
  // Labels as people write them, in any script; dots neither first, last nor doubled, which SES refuses.
  .regex(
    /^(?!\.)(?!.*\.[.@])[^\s@"<>(),:;\\[\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*\.)+\p{L}[\p{L}\p{N}\p{M}-]+$/u,
    'Give an e-mail address such as name@example.org.',
  )
  .pipe(
    z
      .string()
      .refine(hasDomain, {
        error: 'Give an e-mail address whose domain exists.',
        params: { code: 'invalid-format' },
      })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: SES sends to local parts of ASCII only, which starts at the control characters.
      .refine((email) => /^[\x00-\x7f]*@/.test(email), {
        error: 'The part before the @ can only have letters without accents.',
        params: { code: 'invalid-format' },
      }),
  );

/** Some lines of free text. */
export const Note = z
  .string()
  .trim()
  .max(500)
  .refine((note) => !unsafe.test(note.replace(/[\r\n\t]/g, ' ')), {
    error: 'Leave out control characters.',
    params: { code: 'unsafe-characters' },
  });

/** As long as an id in a list of the campaign can be. */
export const ListId = z.string().min(1).max(60);
const ConsentGiven = z.strictObject({ id: ListId, version: z.int(), granted: z.boolean() });

/** What everybody says who takes part. */
export const personFields = {
  givenName: PersonName,
  familyName: PersonName,
  email: Email.describe('Where the confirmation is mailed; one action per mailbox, campaign and kind'),
  country: Country,
  language: LanguageTag.optional().describe('Language of mails and pages, BCP 47'),
  postalCode: z
    .string()
    .trim()
    .min(1)
    .max(12)
    .regex(/^[\p{L}\p{N} -]+$/u, 'Give letters, digits, spaces and hyphens only.')
    .optional(),
  display: z
    .enum(['anonymous', 'initials', 'name'])
    .default('anonymous')
    .describe('How the name may be shown in public'),
  consents: z
    .array(ConsentGiven)
    .max(20)
    .describe('What is granted of what the campaign asks, in the versions that were read'),
  partner: ListId.optional().describe("One of the campaign's `partners`"),
  source: ListId.optional().describe("One of the campaign's `sources`"),
};

/** Can DNS hold the domain: by its ASCII form (IDNA), labels of 63 bytes at most. */
function hasDomain(email: string): boolean {
  const domain = domainToASCII(email.slice(email.lastIndexOf('@') + 1));
  return domain !== '' && domain.length <= 253 && domain.split('.').every((label) => label.length <= 63);
}
