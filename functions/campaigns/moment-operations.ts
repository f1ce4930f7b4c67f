import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  forCampaigner,
  languageQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { MomentCampaigns } from './moment-tally-view.ts';
import { MomentList, MomentPath, MomentRequest, MomentView } from './moment-view.ts';

const tags = ['moments'];
const etag = z.object({ etag: z.string().meta({ example: '"3"' }) });
const ifMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .meta({ description: 'ETag of the moment that was changed; without it, whatever is there is replaced' }),
});
const language = z.object({
  lang: z.string().optional().meta({
    description: 'Language wanted (BCP 47, or a list of them); else English',
    example: 'fr',
  }),
});
const example = {
  names: { en: 'World Mental Health Day', fr: 'Journée mondiale de la santé mentale' },
  on: '10-10',
  url: 'https://www.who.int/campaigns/world-mental-health-day',
  reason: 'The French name was missing',
};

/** The days that campaigns belong to. */
export const momentOperations: Operations = {
  'GET /v1/moments': {
    tags,
    operationId: 'listMoments',
    summary: 'The global moments that campaigns belong to, the next one first',
    requestParams: { query: language },
    responses: { 200: answers(MomentList, 'The moments'), ...refusals() },
  },
  'GET /v1/moments.ics': {
    tags,
    operationId: 'getMomentCalendar',
    summary: 'The same as a calendar to subscribe to (RFC 5545)',
    description: 'All-day events, each year or once, with the names of the moments in the language wanted.',
    requestParams: { query: language },
    responses: {
      200: {
        description: 'The calendar',
        content: { 'text/calendar': { schema: z.string() } },
        headers: z.object({ etag: z.string() }),
      },
      304: { description: 'What If-None-Match names is still the calendar' },
      ...refusals(),
    },
  },
  'GET /v1/moments/{moment}': {
    tags,
    operationId: 'getMoment',
    summary: 'A moment in all its languages',
    requestParams: { path: MomentPath },
    responses: { 200: answers(MomentView, 'The moment', etag), ...refusals(404) },
  },
  'PUT /v1/moments/{moment}': {
    ...forCampaigner('editMoments'),
    tags,
    operationId: 'putMoment',
    summary: 'Add a moment, or change it',
    description:
      'For the secretariat. What is sent is the whole of it. The same again changes nothing. With If-Match, a moment that somebody else has changed meanwhile is not overwritten: `errors` says where it differs from what was sent.',
    requestParams: { path: MomentPath, header: ifMatch },
    requestBody: { required: true, content: { 'application/json': { schema: MomentRequest, example } } },
    responses: {
      200: answers(MomentView, 'The moment as it is now', etag),
      201: answers(MomentView, 'The moment, which is new', etag),
      ...refusals(...bodyRefusals, 401, 403, 404, 412),
    },
  },
  'GET /v1/moments/{moment}/campaigns': {
    ...forCampaigner('readMoments'),
    tags,
    operationId: 'listMomentCampaigns',
    summary: 'All campaigns and chapters of a moment, with their tallies and the joint tally',
    description:
      'For the secretariat: drafts and archived campaigns, too. A chapter belongs to the moment of its root. The joint tally adds up the campaigns that are no chapter of another one in the list, for what is counted in a chapter is counted in its root: a person who signs a root and its chapters is counted once, and one who signs two roots is counted in each.',
    requestParams: { path: MomentPath, query: languageQuery },
    responses: { 200: answers(MomentCampaigns, 'What belongs to it'), ...refusals(401, 403, 404) },
  },
};
