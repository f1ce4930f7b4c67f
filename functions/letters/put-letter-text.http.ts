import { Reason } from '../../shared/audit/audit-schema.ts';
import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { fitsIfMatch } from '../../shared/http/if-match.ts';
import { invalidFields, validate } from '../../shared/kernel/validate.ts';
import { readCampaignNow } from '../campaigns/read.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { letterTextIn, toLanguage } from './check-letter-text.ts';
import { etagOf, toTextView } from './letter-text-view.ts';
import { saveText } from './text-store.ts';
import { refuseArchived } from './writing-campaign.ts';

export const handler = httpHandler(async ({ path, headers, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'writeLetterTexts', now);
  // By what is stored now: it may have been archived a moment ago.
  refuseArchived(await readCampaignNow(slug));
  const language = requireLanguage(path['language'] ?? '');
  const request = letterTextIn(language).extend({ reason: Reason.optional() });
  const { reason, ...words } = validate(request, body);
  const follows = (version: number) => fitsIfMatch(headers['if-match'], etagOf({ version }));
  const entry = audited(
    { thing: `campaign:${slug}`, verb: 'writeLetterTexts', by: authorOf(claims), reason },
    now,
  );
  const text = await saveText(slug, language, words, now, follows, entry);
  const letter = `${language}#${text.version}`;
  log('info', 'the text of letters was saved', { campaign: slug, letter, member: memberOf(claims) });
  return json(200, toTextView(text), { etag: etagOf(text) });
});

function requireLanguage(tag: string): string {
  const language = toLanguage(tag);
  if (language) return language;
  const message =
    'Give the address a language that Unicode CLDR knows, by its tag of BCP 47: fr, pt-BR, zh-Hant.';
  throw invalidFields([{ pointer: '', code: 'unknown-language', message }]);
}
