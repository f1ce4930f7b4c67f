import * as z from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { GatewayMessage, ProblemDocument } from './problem-document.ts';

/** One operation of the API, as its description tells it. */
export type Operation = ZodOpenApiOperationObject & { operationId: string; summary: string };

/** A room's operations by their routes, written as infra/rooms writes them: `POST /v1/confirmations`. */
export type Operations = Record<`${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`, Operation>;

type Responses = Record<string, ZodOpenApiResponseObject>;

/** What a campaigner's operation adds: the route's authorizer. */
const forCampaigners = { security: [{ campaigner: [] }] };

/**
 * The same, and what the function then asks for: a name in the table of permissions (functions/members/member.ts), or
 * `signedIn` where whoever is signed in may. The description tells who that is.
 */
export function forCampaigner(permission: string): Pick<Operation, 'security' | 'x-permission'> {
  return { ...forCampaigners, 'x-permission': permission };
}

export const campaignPath = z.object({
  slug: z.string().meta({ description: 'Slug of the campaign', example: 'mental-health-for-all' }),
});

export const organisationPath = z.object({
  organisation: z.string().meta({ description: 'Slug of the organisation', example: 'demo-network' }),
});

export const languageQuery = z.object({
  lang: z.string().optional().meta({
    description: 'Language wanted (BCP 47, or a list of them); else the default of the campaign',
    example: 'fr',
  }),
});

/** The same of what has no language of its own. */
export const languageOrEnglishQuery = z.object({
  lang: z.string().optional().meta({
    description: 'Language wanted (BCP 47, or a list of them); else English',
    example: 'fr',
  }),
});

/** Header of an answer: in which state something is. */
export const etag = z.object({
  etag: z.string().meta({ description: 'Names the state that it is in, for If-Match', example: '"3"' }),
});

/** Header of a request, against lost updates. */
export const ifMatch = z.object({
  'if-match': z.string().optional().meta({
    description:
      'ETag of what was read: what somebody else has changed since is not overwritten (412). Without it, what is there is changed, whatever it is',
    example: '"3"',
  }),
});

/** Header of a request that creates (`shared/audit/idempotency.ts`). */
export const idempotencyKey = z.object({
  'idempotency-key': z.string().max(200).optional().meta({
    description:
      'Random, chosen by the caller: the same request under the same key is done once in 24 hours, and answered again as it was',
    example: '0b9c1c5e-7f0f-4c1c-9d55-3f6c1a2f9f10',
  }),
});

/** The JSON that a request needs. */
export function jsonBody(schema: z.ZodType, example: unknown): NonNullable<Operation['requestBody']> {
  return { required: true, content: { 'application/json': { schema, example } } };
}

/** A JSON answer. */
export function answers(
  schema: z.ZodType,
  description: string,
  headers?: z.ZodObject,
): ZodOpenApiResponseObject {
  return { description, content: { 'application/json': { schema } }, ...(headers && { headers }) };
}

/** After a form: where the page is that says the same. */
export const seeOther: ZodOpenApiResponseObject = {
  id: 'SeeOther',
  description: 'To a form: the page that says the same',
  headers: z.object({ location: z.string() }),
};

/** The refusals of an operation by their statuses; what anything may answer is added. */
export function refusals(...statuses: Array<keyof typeof problems>): Responses {
  return Object.fromEntries(
    [...statuses, 429 as const, 503 as const].map((status) => [String(status), problems[status]]),
  );
}

/** What a body can be refused for, whatever the operation. */
export const bodyRefusals = [400, 413, 415, 422] as const;

const problems = {
  400: problem('BadRequest', 'What was sent cannot be read (`malformed-body`, `invalid-token`).'),
  401: gateway('Unauthorized', 'There is no token of a campaigner, or it is not valid; from API Gateway.'),
  403: problem('Forbidden', 'The role in the organisation does not allow it (`forbidden`).'),
  404: problem('NotFound', 'There is no such thing, or not for you (`not-found`).'),
  406: problem('NotAcceptable', 'It is too large for an answer that is not compressed (`not-acceptable`).'),
  409: problem('Conflict', 'The campaign does not take it now (`campaign-not-open`, `conflict`).'),
  410: problem(
    'Gone',
    'The link has expired, a newer one has overtaken it (`link-expired`), or the campaign asks for something else since (`ask-changed`).',
  ),
  412: problem('PreconditionFailed', 'Somebody has changed it since you read it (`precondition-failed`).'),
  413: problem(
    'ContentTooLarge',
    'The body is larger than 16 kB, or than the operation says (`body-too-large`).',
  ),
  415: problem('UnsupportedMediaType', 'The body is of another type (`unsupported-media-type`).'),
  422: problem('UnprocessableContent', 'Fields are not valid; `errors` names each (`invalid-fields`).'),
  429: gateway('TooManyRequests', 'Too many requests at once; from API Gateway.'),
  501: problem('NotImplemented', 'It is not answered in the format asked for (`not-implemented`).'),
  503: problem(
    'ServiceUnavailable',
    'It cannot be done at the moment, or not all of it: the same again is safe (`try-again-later`).',
    z.object({ 'retry-after': z.string().meta({ description: 'Seconds', example: '5' }) }),
  ),
};

function problem(id: string, description: string, headers?: z.ZodObject): ZodOpenApiResponseObject {
  const content = { 'application/problem+json': { schema: ProblemDocument } };
  return { id, description, content, ...(headers && { headers }) };
}

function gateway(id: string, description: string): ZodOpenApiResponseObject {
  return { id, description, content: { 'application/json': { schema: GatewayMessage } } };
}
