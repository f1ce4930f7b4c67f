import * as z from 'zod';
import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import {
  answers,
  bodyRefusals,
  etag,
  forCampaigner,
  idempotencyKey,
  ifMatch,
  jsonBody,
  type Operations,
  organisationPath,
  refusals,
} from '../../shared/http/operation.ts';
import { AcceptRequest, InvitationRequest, PageQuery, RoleRequest } from './member-request.ts';
import { AcceptedAnswer, InvitationPage, InvitationView, Me, MemberPage, MemberView } from './member-view.ts';

const tags = ['members'];
const memberPath = organisationPath.extend({
  member: z.string().meta({ description: 'Id of the member', example: '0aXkP2m9QwYt7LcB' }),
});
const invitationPath = organisationPath.extend({
  invitation: z.string().meta({ description: 'Id of the invitation', example: 'B7tLw0aXkP2m9QcY' }),
});
const ownersOnly =
  'For owners, and for the secretariat. Nobody gives a role above their own; the role `secretariat` is given by its members in their own organisation alone.';

export const operations: Operations = {
  'GET /v1/me': {
    ...forCampaigner('signedIn'),
    tags,
    operationId: 'getMe',
    summary: 'Who I am, what I belong to, and what I may do',
    responses: { 200: answers(Me, 'What the token and the memberships say now'), ...refusals(401) },
  },
  'GET /v1/organisations/{organisation}/members': {
    ...forCampaigner('readMembers'),
    tags,
    operationId: 'listMembers',
    summary: 'The members of an organisation, for all of them',
    requestParams: { path: organisationPath, query: PageQuery },
    responses: { 200: answers(MemberPage, 'A page of members'), ...refusals(401, 403, 404, 422) },
  },
  'PUT /v1/organisations/{organisation}/members/{member}': {
    ...forCampaigner('manageMembers'),
    tags,
    operationId: 'putMember',
    summary: 'Give a member another role',
    description: `${ownersOnly} It is felt everywhere within 30 s.`,
    requestParams: { path: memberPath, header: ifMatch },
    requestBody: jsonBody(RoleRequest, { role: 'organiser', reason: 'Runs the campaign from May on' }),
    responses: {
      200: answers(MemberView, 'The member', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  },
  'DELETE /v1/organisations/{organisation}/members/{member}': {
    ...forCampaigner('readMembers'),
    tags,
    operationId: 'removeMember',
    summary: 'Remove a member, or leave',
    description:
      'Owners remove others; everybody may leave, as long as an owner stays. It is felt everywhere within 30 s.',
    requestParams: { path: memberPath, query: ReasonQuery, header: ifMatch },
    responses: { 204: { description: 'Removed' }, ...refusals(401, 403, 404, 409, 412, 422) },
  },
  'GET /v1/organisations/{organisation}/invitations': {
    ...forCampaigner('manageMembers'),
    tags,
    operationId: 'listInvitations',
    summary: 'Who is invited to an organisation, and what became of it',
    description: 'For owners. An invitation is removed a day after it has expired.',
    requestParams: { path: organisationPath, query: PageQuery },
    responses: { 200: answers(InvitationPage, 'A page of invitations'), ...refusals(401, 403, 404, 422) },
  },
  'POST /v1/organisations/{organisation}/invitations': {
    ...forCampaigner('manageMembers'),
    tags,
    operationId: 'inviteMember',
    summary: 'Invite somebody by e-mail',
    description: `${ownersOnly} The link in the mail works once, within 7 days. Whoever is invited already is mailed again, and the link before is over; within a minute nothing more is sent. At most 20 people within 24 hours.`,
    requestParams: { path: organisationPath, header: idempotencyKey },
    requestBody: jsonBody(InvitationRequest, {
      email: 'newcomer@example.org',
      role: 'organiser',
      language: 'en',
    }),
    responses: {
      201: answers(InvitationView, 'Invited; a mail is on its way', etag),
      ...refusals(401, 403, 404, 409, ...bodyRefusals),
    },
  },
  'DELETE /v1/organisations/{organisation}/invitations/{invitation}': {
    ...forCampaigner('manageMembers'),
    tags,
    operationId: 'withdrawInvitation',
    summary: 'Withdraw an invitation that nobody has accepted',
    requestParams: { path: invitationPath, query: ReasonQuery, header: ifMatch },
    responses: {
      204: { description: 'Withdrawn, now or before' },
      ...refusals(401, 403, 404, 409, 412, 422),
    },
  },
  'POST /v1/invitations/accept': {
    ...forCampaigner('signedIn'),
    tags,
    operationId: 'acceptInvitation',
    summary: 'Accept an invitation by the token of the mailed link',
    description: 'Signed in with the address that it was sent to. It works once.',
    requestBody: jsonBody(AcceptRequest, {
      token: 'k1.invite.mjx0.1.demo-network~B7tLw0aXkP2m9QcY.c2lnbmF0dXJl',
    }),
    responses: {
      200: answers(AcceptedAnswer, 'A member from now on'),
      ...refusals(401, 403, 409, 410, ...bodyRefusals),
    },
  },
};
