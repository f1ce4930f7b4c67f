import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isPassing } from '../aws/is-passing.ts';
import { log } from '../aws/log.ts';
import { Problem, toProblemDocument } from '../kernel/problem.ts';
import { refuseDetour } from './edge-key.ts';
import { fromForm } from './form.ts';

export interface HttpRequest {
  path: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  headers: Record<string, string | undefined>;
  rawPath: string;
  /** Parsed JSON, or the same shape read from a form. */
  body: unknown;
  /** True when a plain HTML form was posted, whose sender wants a page in answer. */
  isForm: boolean;
  /** Claims that the JWT authorizer verified; empty on public routes. */
  claims: Record<string, unknown>;
  now: number;
}
export type HttpAnswer = APIGatewayProxyStructuredResultV2;
export type Answer = (request: HttpRequest) => Promise<HttpAnswer>;

/** Largest body, in bytes, of any route that takes no file. */
const bodyLimit = 16_384;

/** Longest path, in characters, of any route. */
const pathLimit = 300;

/** Makes a problem the page that says it. */
export type ProblemPage = (problem: Problem, request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

/**
 * The one stack around every HTTP function: reads the body, and turns what is thrown into a problem document, or,
 * for a form, into the page that `problemPage` makes of it. Nothing else about HTTP errors is decided elsewhere.
 */
export function httpHandler(answer: Answer, problemPage?: ProblemPage) {
  return stackAround(
    (request) => (request.isForm && problemPage ? orPage(answer, problemPage)(request) : answer(request)),
    { hasForm: problemPage !== undefined },
  );
}

/** The same for a route whose body may be larger than others; `limit` in bytes. */
export function largeBodyHandler(limit: number, answer: Answer) {
  return stackAround(answer, { limit });
}

/** The same for pages, whose readers want a page whatever happens. */
export function pageHandler(answer: Answer, problemPage: ProblemPage) {
  return stackAround(orPage(answer, problemPage));
}

/** Files that a route takes as its body. */
export interface FileBody<T extends string> {
  types: readonly T[];
  /** Bytes. API Gateway ends at 10 MB, and what it calls a function with at 6 MB. */
  limit: number;
}
export interface PostedFile<T extends string> {
  type: T;
  bytes: Uint8Array;
}

/** The same for a route that takes a file as it is; `body` is empty then. */
export function fileHandler<T extends string>(
  accepted: FileBody<T>,
  answer: (request: HttpRequest, file: PostedFile<T>) => Promise<HttpAnswer>,
) {
  return stack(async (event) => {
    const file = toFile(event, accepted);
    return answer(toRequest({ ...event, body: '' }), file);
  });
}

function stackAround(answer: Answer, { limit = bodyLimit, hasForm = false } = {}) {
  return stack(async (event) => answer(toRequest(event)))
    .before(({ event }) => refuseBody(event, limit, hasForm))
    .use(httpJsonBodyParser({ disableContentTypeError: true }) as middy.MiddlewareObj)
    .use(httpUrlencodeBodyParser({ disableContentTypeError: true }) as middy.MiddlewareObj);
}

function stack(handle: (event: APIGatewayProxyEventV2) => Promise<HttpAnswer>) {
  return middy<APIGatewayProxyEventV2, HttpAnswer>(handle)
    .before(({ event }) => refuseDetour(event))
    .before(refuseAddress)
    .onError((request) => toProblemAnswer(toProblem(request.error)));
}

function orPage(answer: Answer, problemPage: ProblemPage): Answer {
  return async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      return problemPage(toProblem(error), request);
    }
  };
}

/** A JSON answer. Personal by default: only what is public says how long it may be kept. */
export function json(statusCode: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** What was asked for is done, and there is nothing to say of it. */
export function nothing(): HttpAnswer {
  return { statusCode: 204, headers: { 'cache-control': 'no-store' } };
}

/** After a form: the page that says what was done. */
export function seeOther(location: string): HttpAnswer {
  return { statusCode: 303, headers: { location, 'cache-control': 'no-store' } };
}

/** A page. It runs no script and loads nothing but this site's own; a token in its address is told to nobody. */
export function page(statusCode: number, html: string, headers: Record<string, string> = {}): HttpAnswer {
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policyFor("'none'"),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: html,
  };
}

/** The same for a page that any site may have in a frame. Nothing in it may be one person's. */
export function framedPage(
  statusCode: number,
  html: string,
  headers: Record<string, string> = {},
): HttpAnswer {
  return page(statusCode, html, { 'content-security-policy': policyFor('*'), ...headers });
}

/** The same for a page on which campaigners sign in: it may also talk to their issuer, at these origins. */
export function signInPage(statusCode: number, html: string, origins: string[]): HttpAnswer {
  return page(statusCode, html, { 'content-security-policy': policyFor("'none'", origins) });
}

/** Who may have the page in a frame, and whom it may talk to, is all that differs. */
function policyFor(frameAncestors: "'none'" | '*', origins: string[] = []): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    ["connect-src 'self'", ...origins].join(' '),
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/** No address of ours is nearly as long; a key too long for the database would be an error of our own. */
function refuseAddress({ event }: { event: APIGatewayProxyEventV2 }): void {
  if (event.rawPath.length > pathLimit) throw new Problem('not-found', 'There is nothing at this address.');
}

function refuseBody(event: APIGatewayProxyEventV2, limit: number, hasForm: boolean): void {
  const { method } = event.requestContext.http;
  if (['GET', 'HEAD', 'DELETE'].includes(method)) {
    // Some clients send the type without a body; the parsers would miss the body.
    delete event.headers['content-type'];
    return;
  }
  refuseSize(event, limit, `${Math.floor(limit / 1_024)} kB`);
  if (!event.body && event.headers['content-type'] === undefined) {
    // Who says nothing needs no type to say it in: a campaign can be paused by its address alone.
    Object.assign(event, { body: '{}', isBase64Encoded: false });
    event.headers['content-type'] = 'application/json';
  }
  if (!isJson(event) && !isForm(event)) {
    const orForm = hasForm ? ', or as application/x-www-form-urlencoded from a form' : '';
    throw new Problem('unsupported-media-type', `Send the body as application/json${orForm}.`);
  }
}

function toFile<T extends string>(
  event: APIGatewayProxyEventV2,
  { types, limit }: FileBody<T>,
): PostedFile<T> {
  refuseSize(event, limit, `${Math.floor(limit / 1_048_576)} MB`);
  const [given] = (event.headers['content-type'] ?? '').toLowerCase().split(';');
  const type = types.find((each) => each === given?.trim());
  if (!type) throw new Problem('unsupported-media-type', `Send the body as ${types.join(', or as ')}.`);
  return { type, bytes: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8') };
}

function refuseSize(
  { body = '', isBase64Encoded }: APIGatewayProxyEventV2,
  limit: number,
  said: string,
): void {
  const size = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (size > limit) throw new Problem('body-too-large', `The body is larger than ${said}; send less.`);
}

function toRequest(event: APIGatewayProxyEventV2): HttpRequest {
  const context = event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
  const form = isForm(event);
  return {
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    rawPath: event.rawPath,
    body: form ? fromForm(event.body as unknown as Record<string, string | string[]>) : event.body,
    isForm: form,
    claims: context.authorizer?.jwt?.claims ?? {},
    now: Date.now(),
  };
}

function isJson({ headers }: APIGatewayProxyEventV2): boolean {
  return /^application\/(?:[a-z0-9.+-]+\+)?json(?:;|$)/i.test(headers['content-type'] ?? '');
}

function isForm({ headers }: APIGatewayProxyEventV2): boolean {
  return /^application\/x-www-form-urlencoded(?:;|$)/i.test(headers['content-type'] ?? '');
}

function toProblemAnswer(problem: Problem): HttpAnswer {
  return json(problem.status, toProblemDocument(problem), {
    'content-type': 'application/problem+json',
    ...retryHeader(problem),
  });
}

/** When trying again makes sense, for a document and a page alike. */
export function retryHeader({ facts }: Problem): Record<string, string> {
  return facts.retryAfter === undefined ? {} : { 'retry-after': String(facts.retryAfter) };
}

/** What may be shown of an error: a problem as it is; a parser's refusal, a store that refuses, and nothing of anything else. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isUnreadableBody(error)) return new Problem('malformed-body', 'The body is not readable as JSON.');
  log('error', 'request failed', { error });
  if (isPassing(error)) {
    return new Problem(
      'try-again-later',
      'This cannot be saved at the moment. Nothing was changed; try again.',
      { retryAfter: 5 },
    );
  }
  return new Problem('internal-error', 'Something is wrong on our side. Nothing was changed.');
}

function isUnreadableBody(error: unknown): boolean {
  const cause = (error as { cause?: { package?: string } } | undefined)?.cause;
  return cause?.package === '@middy/http-json-body-parser';
}
