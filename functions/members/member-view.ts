import * as z from 'zod';
import { Language } from '../../shared/kernel/language.ts';
import { type Invitation, isOpen } from './invitation.ts';
import { Member, Role, type Verb, verbs } from './member.ts';

const cursor = z.string().nullable().describe('To go on with; null at the end');
const Verbs = z.array(z.enum(Object.keys(verbs) as [Verb, ...Verb[]]));

/** A member, as the other members see them. */
export const MemberView = Member.pick({ id: true, email: true, role: true, since: true })
  .extend({ etag: z.string().describe('Names this state of the member for If-Match') })
  .meta({ id: 'Member' });
export type MemberView = z.output<typeof MemberView>;

export const MemberPage = z
  .strictObject({ members: z.array(MemberView).describe('In no particular order'), cursor })
  .meta({ id: 'MemberPage' });
export type MemberPage = z.output<typeof MemberPage>;

export const InvitationView = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role: Role,
    language: Language,
    invitedAt: z.iso.datetime().describe('When it was mailed last'),
    expiresAt: z.iso.datetime(),
    state: z.enum(['open', 'expired', 'accepted', 'withdrawn']),
    etag: z.string().describe('Names this state of the invitation for If-Match'),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.output<typeof InvitationView>;

export const InvitationPage = z
  .strictObject({ invitations: z.array(InvitationView).describe('Of the last days'), cursor })
  .meta({ id: 'InvitationPage' });
export type InvitationPage = z.output<typeof InvitationPage>;

const OwnMembership = z.strictObject({
  organisation: z.string(),
  name: z.string().describe('Of the organisation'),
  role: Role,
});

/** What whoever accepts an invitation has become. */
export const AcceptedAnswer = OwnMembership.meta({ id: 'AcceptedInvitation' });
export type AcceptedAnswer = z.output<typeof AcceptedAnswer>;

export const Me = z
  .strictObject({
    email: z.string().nullable().describe('The address that the issuer has verified; null when it has not'),
    memberships: z.array(
      OwnMembership.extend({
        member: z.string().describe('Id of the member that one is there'),
        may: Verbs.describe('What one may do to the organisation and to its campaigns'),
      }),
    ),
    may: Verbs.describe('What one may do to what is the whole network’s'),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof Me>;

export function toMemberView(member: Member): MemberView {
  const { id, email, role, since } = member;
  return { id, email, role, since, etag: etagOf(member) };
}

/** RFC 9110, 8.8.3. */
export function etagOf({ version }: Pick<Member | Invitation, 'version'>): string {
  return `"${version}"`;
}

export function toInvitationView(invitation: Invitation, now: number): InvitationView {
  const { id, invitedEmail, role, language, invitedAt, expiresAt, state } = invitation;
  const open = isOpen(invitation, now) ? 'open' : 'expired';
  return {
    ...{ id, email: invitedEmail, role, language },
    invitedAt: new Date(invitedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    state: state === 'sent' ? open : state,
    etag: etagOf(invitation),
  };
}
