import { auditPut, changesBetween } from '../../shared/audit/entry.ts';
import { createOnce } from '../../shared/audit/idempotency.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireNetwork } from '../members/read.ts';
import { createOrganisation } from './organisation-store.ts';
import { etagOfOrganisation, NewOrganisation, toOrganisationView } from './organisation-view.ts';

export const handler = httpHandler(async (request) => {
  const { body, claims, now } = request;
  await requireNetwork(claims, 'addOrganisations', now);
  const { reason, ...said } = validate(NewOrganisation, body);
  const organisation = { ...said, version: 1 };
  const entry = auditPut(
    {
      thing: `organisation:${said.slug}`,
      verb: 'addOrganisations',
      by: authorOf(claims),
      changes: changesBetween({}, said),
      reason,
    },
    now,
  );
  return createOnce(request, async (remember) => {
    const answer = json(201, toOrganisationView(organisation), {
      etag: etagOfOrganisation(organisation),
      location: `/v1/organisations/${said.slug}`,
    });
    if (!(await createOrganisation(organisation, [entry, ...remember(answer)]))) throw alreadyThere();
    log('info', 'an organisation was added', { organisation: said.slug, member: memberOf(claims) });
    return answer;
  });
});

function alreadyThere(): Problem {
  return new Problem('conflict', 'There is an organisation of this slug already; take another one.');
}
