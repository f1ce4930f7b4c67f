import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  etag,
  forCampaigner,
  ifMatch,
  jsonBody,
  languageOrEnglishQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { MomentPath, PublicMoment } from '../../shared/kernel/public-moment.ts';
import { MomentRequest } from './moment-view.ts';

const tags = ['moments'];
const example = {
  names: { en: 'World Mental Health Day', fr: 'Journée mondiale de la santé mentale' },
  on: '10-10',
  url: 'https://www.who.int/campaigns/world-mental-health-day',
  reason: 'The French name was missing',
};

/** The days that campaigns belong to. */
export const momentOperations: Operations = {
  'GET /v1/moments.ics': {
    tags,
    operationId: 'getMomentCalendar',
    summary: 'The moments as a calendar to subscribe to (RFC 5545)',
    description: 'All-day events, each year or once, with the names of the moments in the language wanted.',
    requestParams: { query: languageOrEnglishQuery },
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
    responses: { 200: answers(PublicMoment, 'The moment', etag), ...refusals(404) },
  },
  'PUT /v1/moments/{moment}': {
    ...forCampaigner('editMoments'),
    tags,
    operationId: 'putMoment',
    summary: 'Add a moment, or change it',
    description:
      'For the secretariat. What is sent is the whole of it. The same again changes nothing. With If-Match, a moment that somebody else has changed meanwhile is not overwritten: `errors` says where it differs from what was sent.',
    requestParams: { path: MomentPath, header: ifMatch },
    requestBody: jsonBody(MomentRequest, example),
    responses: {
      200: answers(PublicMoment, 'The moment as it is now', etag),
      201: answers(PublicMoment, 'The moment, which is new', etag),
      ...refusals(...bodyRefusals, 401, 403, 404, 412),
    },
  },
};
