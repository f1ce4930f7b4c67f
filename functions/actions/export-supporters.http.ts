import { writeEntry } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { type HttpAnswer, type HttpRequest, httpHandler } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { invalidFields, validate } from '../../shared/kernel/validate.ts';
import { decideBy } from '../campaigns/read.ts';
import { authorOf, memberOf, requireCampaign, requireOrganisation } from '../members/read.ts';
import { type Exported, ExportQuery, toCsv } from './export-supporters.ts';
import { findSupporters } from './find-supporters.ts';

/** The supporters who granted a consent, for whom they granted it to. */
export const handler = httpHandler(async (request) => {
  const exported = await requireExported(request);
  const query = validate(ExportQuery, request.query);
  await tell(exported, request);
  const { rows, cursor } = await findSupporters(exported, query);
  return toFile(exported, toCsv(rows), cursor && `${request.rawPath}${toQuery(query, cursor)}`);
});

/**
 * A partner's consent is granted to it, and all others to those whose campaign it is. Who asks for what is not there is
 * refused as for those others.
 */
async function requireExported({ path, query, claims, now }: HttpRequest): Promise<Exported> {
  const slug = path['slug'] ?? '';
  const found = await findConsent(slug, query['consent'], now);
  const partner = found?.consent.partner;
  if (partner) await requireOrganisation(partner, claims, 'exportGranted', now);
  else await requireCampaign(slug, claims, 'exportSupporters', now);
  if (found) return found;
  const message = 'This campaign has no such consent; its settings list them.';
  throw invalidFields([{ pointer: '/consent', code: 'unknown-consent', message }]);
}

async function findConsent(slug: string, id: string | undefined, now: number): Promise<Exported | undefined> {
  try {
    return await decideBy(slug, now, (campaign) => {
      const consent = campaign?.consents.find((each) => each.id === id);
      if (campaign && consent) return { campaign, consent };
      throw new Problem('not-found', 'There is no such consent.');
    });
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Each page stands in the log before it is read: there is no cursor by which one could pass it by. */
async function tell({ campaign, consent }: Exported, { query, claims, now }: HttpRequest): Promise<void> {
  const { slug } = campaign;
  const where = consent.partner
    ? ({ thing: `organisation:${consent.partner}`, verb: 'exportGranted' } as const)
    : ({ thing: `campaign:${slug}`, verb: 'exportSupporters' } as const);
  const after = { campaign: slug, consent: consent.id, page: query['cursor'] ? 'further' : 'first' };
  await writeEntry({ ...where, by: authorOf(claims), changes: { export: { after } } }, now);
  log('info', 'supporters are exported', { campaign: slug, member: memberOf(claims) });
}

function toFile({ campaign, consent }: Exported, body: string, next: string | null): HttpAnswer {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${campaign.slug}-${consent.id}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(next !== null && { link: `<${next}>; rel="next"` }),
    },
    body,
  };
}

function toQuery({ consent, limit }: ExportQuery, cursor: string): string {
  return `?${new URLSearchParams({ consent, limit: String(limit), cursor })}`;
}
