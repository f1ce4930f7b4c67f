import type { Route } from 'playwright-core';
import { listen } from './a-widget.ts';

/** What the widget asks of the API, for `page.route`. */
export const campaignAddress = /\/v1\/campaigns\/[^/?]+\?/;
export const signaturesAddress = /\/v1\/campaigns\/[^/]+\/signatures$/;

/** For windows in which the API fails: the browser itself writes failed requests on the console. */
export const failing = { prepare: listen, expected: /Failed to load resource/ };

/** A problem document (RFC 9457) of the API. */
export function aProblem(status: number, code: string, facts: object = {}): object {
  return {
    ...{ type: `urn:groundswell:problem:${code}`, title: code, detail: 'Said in English.', status },
    ...facts,
  };
}

/** Answers in place of the API, to a page of another origin. */
export function answerWith(status: number, body: object, retryAfter?: string) {
  const headers = {
    'content-type': 'application/problem+json',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'retry-after',
    ...(retryAfter && { 'retry-after': retryAfter }),
  };
  return (route: Route) => route.fulfill({ status, headers, body: JSON.stringify(body) });
}
