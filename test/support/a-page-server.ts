import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { staticFiles } from '../../infra/constructs/static-files.ts';
import { page as toAnswer } from '../../shared/http/http-handler.ts';

export interface PageServer {
  url: string;
  /** What it was asked for, in order: `GET /`. */
  asked: string[];
  stop(): void;
}

const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

/** One page at every address, with its content security policy and its files, and nothing else of the site. */
export async function aPageServer(html: string): Promise<PageServer> {
  const asked: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    asked.push(`${method} ${url}`);
    const file = staticFiles.find(({ servedAs }) => url === `/assets/${servedAs}`);
    const { headers, body } = toAnswer(200, html);
    const type = types[file?.name.split('.').at(-1) ?? ''];
    response.writeHead(200, type ? { 'content-type': type } : (headers as Record<string, string>));
    response.end(file?.content ?? body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => server.close() };
}
