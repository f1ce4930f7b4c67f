import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { chooseType } from '../../shared/http/choose-type.ts';
import { type HttpAnswer, httpHandler, json } from '../../shared/http/http-handler.ts';
import { invalidFields, validate } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { toContent } from './compose-letter.ts';
import { isLetterError, type LetterError } from './letter-error.ts';
import { listMissing } from './list-missing.ts';
import { type LetterPreview, type Missing, PreviewQuery } from './preview-view.ts';
import { type Draft, readDraft } from './read-draft.ts';
import { bundledLetterAssets, defineTypesetter } from './typeset-letter.ts';
import { requireWriting } from './writing-campaign.ts';

const siteUrl = setting('SITE_URL');
const typeset = defineTypesetter(bundledLetterAssets(setting('LAMBDA_TASK_ROOT')));
const types = { pdf: 'application/pdf', json: 'application/json' } as const;

/** A letter as it would be sent now, marked as a draft, and what is missing. It keeps and sends nothing. */
export const handler = httpHandler(async ({ path, query, headers, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'readLetters', now);
  const asked = validate(PreviewQuery, query);
  const draft = await readDraft(await requireWriting(slug, now), asked, now);
  const { pdf, error } = tryTypesetting(draft);
  const missing = listMissing(draft, now, error);
  const type = asked.format ? types[asked.format] : chooseType(headers['accept'], [types.pdf, types.json]);
  return type === types.json
    ? json(200, toPreview(draft, missing, pdf, query))
    : toPdfAnswer(draft, missing, pdf);
});

/** As it would be composed, but for the mark. */
function tryTypesetting({ letter, words, ...between }: Draft): { pdf?: Uint8Array; error?: LetterError } {
  if (!words) return {};
  try {
    const content = toContent(letter, { ...between, ...words }, siteUrl);
    return { pdf: typeset({ ...content, draft: true }) };
  } catch (error) {
    if (!isLetterError(error)) throw error;
    log('warn', 'a draft cannot be typeset', { campaign: between.campaign.slug, reason: error.code, error });
    return { error };
  }
}

function toPreview(
  { campaign, target, words }: Draft,
  missing: Missing[],
  pdf: Uint8Array | undefined,
  { lang }: Record<string, string | undefined>,
): LetterPreview {
  const address = `/v1/campaigns/${campaign.slug}/letters/preview`;
  const query = new URLSearchParams({ target: target.id, ...(lang && { lang }), format: 'pdf' });
  return {
    campaign: campaign.slug,
    target: target.id,
    language: words?.text.language ?? null,
    textVersion: words?.text.version ?? null,
    fallback: words?.fallback ?? true,
    missing,
    pdf: pdf ? { bytes: pdf.length, url: `${address}?${query}` } : null,
  };
}

/** @throws Problem `invalid-fields` when there is no PDF, with all that is missing. */
function toPdfAnswer({ letter }: Draft, missing: Missing[], pdf: Uint8Array | undefined): HttpAnswer {
  if (!pdf) throw invalidFields(missing.map((each) => ({ pointer: '/target', ...each })));
  return {
    statusCode: 200,
    headers: {
      'content-type': types.pdf,
      'content-disposition': `inline; filename="${letter.number}.pdf"`,
      'cache-control': 'no-store',
      ...(missing.length > 0 && { 'groundswell-missing': missing.map(({ code }) => code).join(', ') }),
    },
    body: Buffer.from(pdf).toString('base64'),
    isBase64Encoded: true,
  };
}
