import { writeEntry } from '../../shared/audit/entry.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, requireCampaign } from '../members/read.ts';
import { RecountRequest, toPublicRecount } from './recount.ts';
import { requestRecount } from './recount-store.ts';

export const handler = httpHandler(async ({ path, claims, body, now }) => {
  const { slug, partOf } = await requireCampaign(path['slug'] ?? '', claims, 'recount', now);
  const { reason } = validate(RecountRequest, body);
  const entry = {
    thing: `campaign:${slug}`,
    verb: 'recount',
    by: authorOf(claims),
    changes: {},
    reason,
  } as const;
  await writeEntry(entry, now);
  return json(202, toPublicRecount(await requestRecount(partOf ?? slug, now)));
});
