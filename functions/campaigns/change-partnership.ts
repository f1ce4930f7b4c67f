import { isDeepStrictEqual } from 'node:util';
import type { Author } from '../../shared/audit/audit-schema.ts';
import { audited } from '../../shared/audit/entry.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { refuseStale } from '../../shared/http/refuse-stale.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { writeAll } from './campaign-store.ts';
import { nextVersion } from './change-campaign.ts';
import { consentOf } from './consent-versions.ts';
import { type Coalition, type Partnership, standing, type Terms } from './partnership.ts';
import { getTogether, type Names, toWrites } from './partnership-store.ts';

/** Who changes it, and by which permission. */
export interface PartnershipAuthor {
  by: Author;
  verb: 'invitePartners' | 'actAsPartner';
  reason?: string | undefined;
  /** The header If-Match, if it was sent. */
  ifMatch?: string | undefined;
  now: number;
}

/** RFC 9110, 8.8.3: names a state of a partnership for If-Match. */
export function etagOfPartnership({ version }: Pick<Partnership, 'version'>): string {
  return `"${version}"`;
}

/** As both are stored at one moment. @throws Problem `not-found` when there is no such campaign. */
export async function readCoalition(names: Names): Promise<Coalition> {
  const { campaign, stored } = await getTogether(names);
  if (!campaign) throw new Problem('not-found', 'There is nothing here for you.');
  return { campaign, partnership: standing(campaign, names.organisation, stored) };
}

/**
 * Changes a partnership, and the campaign with it, in one transaction with an entry in the log of either side. What differs
 * in nothing is not written. Of two who change it at once, the second decides on what the first has made of it.
 * @throws Problem `precondition-failed` that names what changed since it was seen, and what `decide` throws.
 */
export function changePartnership(
  names: Names,
  author: PartnershipAuthor,
  decide: (coalition: Coalition) => Coalition,
): Promise<Coalition> {
  return untilSaved(async () => {
    const before = await readCoalition(names);
    const next = decide(before);
    if (!next.partnership || isDeepStrictEqual(next, before)) return next;
    const seen = before.partnership?.version ?? 0;
    const etag = before.partnership && etagOfPartnership(before.partnership);
    refuseStale({ ifMatch: author.ifMatch, etag, stored: termsOf(before), sent: termsOf(next) });
    const partnership = { ...next.partnership, version: seen + 1 };
    const after = { campaign: next.campaign, partnership };
    const { campaign, writes } = toCampaignWrites(before, after, author);
    const isSaved = await writeAll([
      ...toWrites(partnership, seen),
      ...writes,
      ...entryOf(`organisation:${names.organisation}`, author)(toLogged(before), toLogged(after)),
    ]);
    return isSaved ? { campaign, partnership } : undefined;
  }, 'Too many people are changing this partnership at once; try again.');
}

/** What a partner says now. */
function termsOf({ campaign, partnership }: Coalition): Terms {
  const { organisation = '', texts } = partnership ?? {};
  const consent = consentOf(campaign.consents, organisation);
  return {
    ...(texts && { texts }),
    ...(consent && !consent.retired && { consent: consent.versions.at(-1)?.texts }),
  };
}

/** The campaign, where it differs, and in any case what its log is told. */
function toCampaignWrites(before: Coalition, after: Coalition, author: PartnershipAuthor) {
  const entry = entryOf(`campaign:${before.campaign.slug}`, author);
  const told = [toLogged(before), toLogged(after)] as const;
  if (isDeepStrictEqual(before.campaign, after.campaign))
    return { campaign: before.campaign, writes: entry(...told) };
  const { raised, writes } = nextVersion(before.campaign, after.campaign, (was, is) =>
    entry({ ...was, ...told[0] }, { ...is, ...told[1] }),
  );
  return { campaign: raised, writes };
}

function entryOf(thing: `campaign:${string}` | `organisation:${string}`, author: PartnershipAuthor) {
  const { by, verb, reason, now } = author;
  return audited({ thing, verb, by, reason }, now);
}

function toLogged(coalition: Coalition): { partnership?: object } {
  if (!coalition.partnership) return {};
  const { campaign, organisation, state } = coalition.partnership;
  return { partnership: { campaign, organisation, state, ...termsOf(coalition) } };
}
