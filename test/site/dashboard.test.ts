import { beforeAll, expect, test } from 'vitest';
import { languages } from '../../shared/kernel/language.ts';
import { aGetAt } from '../support/a-get.ts';

let show: typeof import('../../functions/site/show-dashboard.http.ts').handler;

beforeAll(async () => {
  Object.assign(process.env, {
    ISSUER: 'https://cognito-idp.eu-central-1.example.org/pool_1',
    AUDIENCE: 'client-1',
    SIGN_IN_ADDRESS: 'https://groundswell-0.auth.example.org',
  });
  ({ handler: show } = await import('../../functions/site/show-dashboard.http.ts'));
});

const get = (query: Record<string, string> = {}) => aGetAt(show, '/dashboard', { query });

test('it answers with a slash behind its address, too, and nothing else below it', async () => {
  const slashed = await aGetAt(show, '/dashboard/', { path: { rest: '' }, query: { lang: 'en' } });
  expect(slashed).toMatchObject({ status: 200, body: (await get({ lang: 'en' })).body });
  expect((await aGetAt(show, '/dashboard/other', { path: { rest: 'other' } })).status).toBe(404);
});

test('it can be read in each language, and leads to none with what the issuer led back with', async () => {
  const { body } = await get({ lang: 'fr', code: 'code-of-somebody' });
  const links = [...body.matchAll(/<li><a href="([^"]+)" lang="(\w+)"/g)].map(([, ...link]) => link);
  expect(links).toEqual(languages.map((language) => [`/dashboard?lang=${language}`, language]));
});

test('the page of campaigners may talk to their issuer, and is as strict as other pages in all else', async () => {
  const { headers } = await get();
  expect(headers['content-security-policy']?.split('; ')).toEqual([
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self' https://cognito-idp.eu-central-1.example.org https://groundswell-0.auth.example.org",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
});

test('it tells its script who signs people in, and nothing of what the issuer led back with', async () => {
  const { status, body } = await get({ lang: 'en', code: 'code-of-somebody', state: 'state-of-somebody' });
  expect(status).toBe(200);
  expect(body).toContain(
    'data-issuer="https://cognito-idp.eu-central-1.example.org/pool_1" data-client="client-1"',
  );
  expect(body).not.toContain('of-somebody');
});
