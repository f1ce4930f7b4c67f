import { expect, test } from 'vitest';
import { handler } from '../../functions/site/show-docs.http.ts';
import { aGetAt } from '../support/a-get.ts';

test('the page of the API may write its styles, and is as strict as other pages in all else', async () => {
  const { status, headers } = await aGetAt(handler, '/docs', {});
  expect(status).toBe(200);
  expect(headers['content-security-policy']?.split('; ')).toEqual([
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(headers).toMatchObject({
    'cache-control': 'public, s-maxage=60, stale-while-revalidate=60, stale-if-error=600',
    'referrer-policy': 'no-referrer',
  });
});

test('it answers with a slash behind its address, too, and nothing else below it', async () => {
  expect((await aGetAt(handler, '/docs/', { path: { rest: '' } })).status).toBe(200);
  expect((await aGetAt(handler, '/docs/other', { path: { rest: 'other' } })).status).toBe(404);
});

test('it names its scripts by their content, and without scripts the way to the description', async () => {
  const { body } = await aGetAt(handler, '/docs', {});
  expect(body).toMatch(/<script defer src="\/assets\/scalar\.[0-9a-f]{8}\.js">/);
  expect(body).toMatch(/<noscript>[\s\S]*<a href="\/openapi\.json">[\s\S]*<\/noscript>/);
});
