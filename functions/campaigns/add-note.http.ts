import { audited } from '../../shared/audit/entry.ts';
import { createOnce } from '../../shared/audit/idempotency.ts';
import { log } from '../../shared/aws/log.ts';
import { json, largeBodyHandler } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { addNote } from './add-note.ts';
import { NoteRequest, settingsLimit } from './campaign-settings.ts';
import { changeCampaign, etagOf } from './change-campaign.ts';
import { toState } from './settings-view.ts';

export const handler = largeBodyHandler(settingsLimit, async (request) => {
  const { path, headers, body, claims, now } = request;
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'editCampaign', now);
  const { texts, reason } = validate(NoteRequest, body);
  const note = { at: new Date(now).toISOString(), texts };
  const by = authorOf(claims);
  const entry = audited({ thing: `campaign:${slug}`, verb: 'editCampaign', by, reason }, now);
  return createOnce(request, async (remember) => {
    const toAnswer = (campaign: Parameters<typeof toState>[0]) =>
      json(201, { ...toState(campaign, now), note }, { etag: etagOf(campaign) });
    const author = { audited: entry, ifMatch: headers['if-match'] };
    const campaign = await changeCampaign(
      slug,
      author,
      (stored) => addNote(stored, note),
      (saved) => remember(toAnswer(saved)),
    );
    log('info', 'a note was added to a campaign', { campaign: slug, member: memberOf(claims) });
    return toAnswer(campaign);
  });
});
