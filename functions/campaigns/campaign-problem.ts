import * as z from 'zod';

/** What would embarrass on the day of the launch. */
const ProblemCode = z.enum([
  'no-default-text',
  'missing-translation',
  'consent-without-text',
  'untranslated',
  'placeholder',
  'no-required-consent',
  'consent-of-no-partner',
  'pledge-without-offer',
  'offer-without-pledge',
  'no-suggested-amounts',
  'suggested-above-limit',
  'unknown-currency',
  'no-goal',
  'goals-not-increasing',
  'no-topic',
  'closes-in-past',
  'opens-after-closing',
  'closes-soon',
  'no-such-moment',
  'unknown-organisation',
  'no-such-root',
  'root-is-chapter',
  'root-closed',
  'root-not-live',
  'closes-after-root',
  'reserved-address',
  'no-signatory',
  'letters-off',
  'no-target',
  'nobody-reachable',
  'unreachable-office',
  'more-unreachable-offices',
  'no-letter-text',
  'letters-fall-back',
  'letters-not-in-language',
  'letter-not-typeset',
]);

export const CampaignProblem = z
  .strictObject({
    code: ProblemCode,
    severity: z.enum(['blocks', 'warns']).describe('Whether it keeps the campaign from being published'),
    message: z.string().describe('What to do about it, in English'),
    pointer: z
      .string()
      .optional()
      .meta({ description: 'JSON pointer (RFC 6901) into the settings', example: '/pledge/purpose/fr' }),
    language: z.string().optional().meta({ description: 'BCP 47', example: 'fr' }),
    target: z.string().optional().meta({ description: 'Id of an office', example: 'ke-health' }),
    count: z.int().positive().optional().describe('Of the offices that it is about'),
  })
  .meta({ id: 'CampaignProblem' });
export type CampaignProblem = z.output<typeof CampaignProblem>;

type Code = CampaignProblem['code'];
type Place = Pick<CampaignProblem, 'pointer' | 'language' | 'target' | 'count'>;

export function blocks(code: Code, message: string, place: Place = {}): CampaignProblem {
  return { code, severity: 'blocks', message, ...place };
}

export function warns(code: Code, message: string, place: Place = {}): CampaignProblem {
  return { code, severity: 'warns', message, ...place };
}

/** `Swahili (sw)` */
export function nameLanguage(language: string): string {
  return `${new Intl.DisplayNames('en', { type: 'language' }).of(language)} (${language})`;
}
