import { keptFor } from '../../shared/kernel/kept-for.ts';
import type { Language } from '../../shared/kernel/language.ts';
import type { ListedMoment, PublicMoment } from '../../shared/kernel/public-moment.ts';
import { momentName, requireMoment } from './moment.ts';
import { getMoment, listMoments } from './moment-store.ts';
import { toListedMoment, toPublicMoment } from './moment-view.ts';
import type { Organisation } from './organisation.ts';
import { getOrganisation } from './organisation-store.ts';

/** What other rooms may know of organisations and moments; all of it is read-only. */
export type { Organisation };

/** Whether the network has an organisation of this slug. */
export async function isOrganisation(slug: string): Promise<boolean> {
  return (await getOrganisation(slug)) !== undefined;
}

export function readOrganisation(slug: string): Promise<Organisation | undefined> {
  return getOrganisation(slug);
}

/** Its name; its slug when it has none yet. */
export async function readOrganisationName(slug: string): Promise<string> {
  return nameOf(slug, await getOrganisation(slug));
}

/** An organisation as it was at most 60 s ago. */
export const findOrganisation = /* @__PURE__ */ keptFor(60_000, getOrganisation);

/** Its name then. */
export async function findOrganisationName(slug: string, now: number): Promise<string> {
  return nameOf(slug, await findOrganisation(slug, now));
}

/** Whether there is a moment of this slug. */
export async function isMoment(slug: string): Promise<boolean> {
  return (await getMoment(slug)) !== undefined;
}

/** A moment in all its languages. @throws Problem `not-found` */
export async function readMoment(slug: string): Promise<PublicMoment> {
  return toPublicMoment(requireMoment(await getMoment(slug)));
}

/** A moment by its name in a language, or another that it has; as it was at most 60 s ago. */
export async function findNamedMoment(
  slug: string,
  language: Language,
  now: number,
): Promise<{ slug: string; name: string; on: string; until?: string } | undefined> {
  const moment = await findMoment(slug, now);
  if (!moment) return undefined;
  const { on, until } = moment;
  return { slug, name: momentName(moment, language), on, ...(until && { until }) };
}

const findMoment = /* @__PURE__ */ keptFor(60_000, getMoment);

/** All moments, in no particular order: for functions that may list what the room has. */
export async function readMoments(language: Language, now: number): Promise<ListedMoment[]> {
  return (await listMoments()).map((moment) => toListedMoment(moment, language, now));
}

function nameOf(slug: string, organisation: Organisation | undefined): string {
  return organisation?.name ?? slug;
}
