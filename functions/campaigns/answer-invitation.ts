import type * as z from 'zod';
import { log } from '../../shared/aws/log.ts';
import { json, largeBodyHandler } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireOrganisation } from '../members/read.ts';
import { ReasonRequest, settingsLimit } from './campaign-settings.ts';
import { changePartnership, etagOfPartnership } from './change-partnership.ts';
import { accept, type Coalition, decline, requirePart, say, type Terms } from './partnership.ts';
import { PartnerTerms, toPartnershipView } from './partnership-view.ts';

/** What an organisation does with its part in a campaign, in the order of its life. */
export const accepting = answering(PartnerTerms, accept);
export const declining = answering(ReasonRequest, (coalition, _terms, now) => decline(coalition, now));
export const saying = answering(PartnerTerms, say);

function answering<T extends Terms & { reason?: string | undefined }>(
  schema: z.ZodType<T>,
  decide: (coalition: Coalition, terms: Terms, now: number) => Coalition,
) {
  return largeBodyHandler(settingsLimit, async ({ path, headers, body, claims, now }) => {
    const { organisation = '', slug: campaign = '' } = path;
    await requireOrganisation(organisation, claims, 'actAsPartner', now);
    const { reason, ...terms } = validate(schema, body);
    const by = authorOf(claims);
    const author = { by, verb: 'actAsPartner', reason, ifMatch: headers['if-match'], now } as const;
    const changed = await changePartnership({ campaign, organisation }, author, (coalition) =>
      decide(coalition, terms, now),
    );
    const { partnership } = requirePart(changed);
    log('info', `a partnership is ${partnership.state}`, {
      campaign,
      organisation,
      member: memberOf(claims),
    });
    return json(200, toPartnershipView(changed), { etag: etagOfPartnership(partnership) });
  });
}
