import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { refuseStale } from '../../shared/http/refuse-stale.ts';
import { MomentPath } from '../../shared/kernel/public-moment.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireNetwork } from '../members/read.ts';
import { etagOfMoment, type Moment } from './moment.ts';
import { saveMoment } from './moment-store.ts';
import { MomentRequest, toPublicMoment } from './moment-view.ts';

export const handler = httpHandler(async ({ path, headers, body, claims, now }) => {
  await requireNetwork(claims, 'editMoments', now);
  const { moment: slug } = validate(MomentPath, path);
  const { reason, ...said } = validate(MomentRequest, body);
  const sent = { slug, ...said, changedAt: new Date(now).toISOString() };
  const check = (stored: Moment | undefined) => refuseOvertaken(headers['if-match'], stored, sent);
  const entry = audited({ thing: 'network', verb: 'editMoments', by: authorOf(claims), reason }, now);
  const { moment, isNew } = await saveMoment(sent, check, entry);
  log('info', 'a moment was saved', { moment: slug, member: memberOf(claims) });
  return json(isNew ? 201 : 200, toPublicMoment(moment), { etag: etagOfMoment(moment) });
});

function refuseOvertaken(
  ifMatch: string | undefined,
  stored: Moment | undefined,
  sent: Omit<Moment, 'version'>,
) {
  const shown = (moment: Omit<Moment, 'version'>) => ({
    ...moment,
    version: undefined,
    changedAt: undefined,
  });
  const etag = stored && etagOfMoment(stored);
  refuseStale({ ifMatch, etag, stored: stored ? shown(stored) : {}, sent: shown(sent) });
}
