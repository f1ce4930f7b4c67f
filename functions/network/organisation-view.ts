import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { plainText } from '../../shared/kernel/plain-text.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { Organisation } from './organisation.ts';

/** What campaigners see of an organisation. */
export const OrganisationView = Organisation.omit({ version: true }).meta({ id: 'Organisation' });
export type OrganisationView = z.output<typeof OrganisationView>;

export const OrganisationList = z
  .strictObject({
    organisations: z.array(OrganisationView).describe('By slug'),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'OrganisationList' });
export type OrganisationList = z.output<typeof OrganisationList>;

export const OrganisationQuery = z.strictObject({
  cursor: Slug.optional().meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** A new organisation. Its slug is its name for good. */
export const NewOrganisation = OrganisationView.extend({
  name: plainText(120),
  reason: Reason.optional(),
}).meta({
  id: 'NewOrganisation',
});

/** The whole of an organisation but for its slug. */
export const OrganisationRequest = NewOrganisation.omit({ slug: true }).meta({ id: 'OrganisationRequest' });

export function toOrganisationView({ version: _, ...organisation }: Organisation): OrganisationView {
  return organisation;
}

export function etagOfOrganisation({ version = 0 }: Organisation): string {
  return `"${version}"`;
}

/** @throws Problem `not-found` */
export function requireKnown(organisation: Organisation | undefined): Organisation {
  if (!organisation) throw new Problem('not-found', 'There is nothing here for you.');
  return organisation;
}
