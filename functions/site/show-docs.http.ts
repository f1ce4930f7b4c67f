import { publicFor } from '../../shared/http/cache-control.ts';
import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { docsPage } from '../../web/pages/docs-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { refuseBelow } from './refuse-below.ts';

/** Whoever shows the description writes styles into the page. Nothing else is looser than elsewhere; and no form is sent. */
const policy = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The description of the API, to be read, and tried out, by people. */
export const handler = pageHandler(async ({ path }) => {
  refuseBelow(path);
  return page(200, docsPage(), { 'content-security-policy': policy, 'cache-control': publicFor(60) });
}, problemPage);
