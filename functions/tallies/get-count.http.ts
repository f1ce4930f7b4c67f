import { publicFor } from '../../shared/http/cache-control.ts';
import { chooseType } from '../../shared/http/choose-type.ts';
import { type HttpAnswer, type HttpRequest, httpHandler, json } from '../../shared/http/http-handler.ts';
import { ifKnown } from '../../shared/http/if-known.ts';
import { chooseLanguage } from '../../shared/kernel/language.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { countRule } from '../../web/pages/count-rule.ts';
import { type Campaign, readLanguages } from '../campaigns/read.ts';
import { toCsv } from './count-csv.ts';
import { toDays } from './count-record.ts';
import { type CountByDay, CountQuery, type PublicCount } from './public-count.ts';
import { readRecord, readSources, versionOf } from './read-record.ts';
import { requireCampaign } from './require-campaign.ts';

const types = { json: 'application/json', csv: 'text/csv' } as const;

/** How a tally came about, as JSON or CSV. One that does not agree with itself is kept for a moment only. */
export const handler = httpHandler(async (request) => {
  const { path, headers, now } = request;
  const { type, lang } = read(request);
  const campaign = await requireCampaign(path['slug'] ?? '', now);
  const sources = await readSources(campaign, now);
  const known = ifKnown(headers, keptBy(versionOf(sources), type));
  if (known) return known;

  const record = await readRecord(sources, now);
  const count = toDays(record);
  const kept =
    record.check === 'equal' ? keptBy(versionOf(record), type) : { 'cache-control': publicFor(2), vary };
  return type === types.csv
    ? csv(`${campaign.slug}-count.csv`, toCsv(count), kept)
    : json(200, inWords(count, campaign, lang), kept);
});

const vary = 'accept';

function read({ query, headers }: HttpRequest) {
  const { format, lang } = validate(CountQuery, query);
  const type = format ? types[format] : chooseType(headers['accept'], [types.json, types.csv]);
  return { type, lang };
}

function keptBy(version: string, type: string) {
  const etag = type === types.csv ? `"${version}-csv"` : `"${version}"`;
  return { 'cache-control': publicFor(60), vary, etag };
}

function inWords(count: CountByDay, campaign: Campaign, lang: string | undefined): PublicCount {
  const language = chooseLanguage([lang], readLanguages(campaign), campaign.defaultLanguage);
  return { ...count, language, rule: countRule(language) };
}

function csv(fileName: string, body: string, headers: Record<string, string>): HttpAnswer {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${fileName}"`,
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body,
  };
}
