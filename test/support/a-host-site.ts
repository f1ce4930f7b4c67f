import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, who puts the widget on it. */
export interface HostPage {
  body: string;
  head?: string;
  language?: string;
  direction?: 'ltr' | 'rtl';
  /** Its Content-Security-Policy. */
  policy?: string;
}

/** A site of another origin than the stack: it serves what it is given, and nothing of ours. */
export interface HostSite {
  url: string;
  /** The address under which the page is served from now on. */
  serve(page: HostPage): string;
  stop(): Promise<void>;
}

export async function aHostSite(): Promise<HostSite> {
  const pages: HostPage[] = [];
  const server = createServer((request, response) => {
    const page = pages[Number(/^\/(\d+)$/.exec(request.url ?? '')?.[1])];
    if (!page) return response.writeHead(404).end();
    const headers = { ...(page.policy && { 'content-security-policy': page.policy }) };
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
      .end(toHtml(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    serve: (page) => `${url}/${pages.push(page) - 1}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toHtml({ body, head = '', language = 'en', direction = 'ltr' }: HostPage): string {
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A partner</title>
${head}</head>
<body><h1>A partner’s page</h1>
${body}
<p id="below">What follows on the page.</p></body>
</html>`;
}
