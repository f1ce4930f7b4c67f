import { engineHeaders } from '../engines/engine-client.ts';
import { forwardTo } from '../gateway/forward.ts';
import type { Reply } from './http-reply.ts';
import type { SiteRequest, SiteServer } from './site-request.ts';

const SENT_ON = ['if-none-match', 'if-match', 'if-modified-since', 'if-unmodified-since', 'range'];
const NOT_ANSWERED = /^(x-amz-(id-2|request-id)|content-length)$/;

/** The objects of buckets as S3 gives them to a distribution that may read each, but not ask which there are. */
export function serveBuckets(fauxqs: string): (name: string) => SiteServer {
  const engine = forwardTo(fauxqs);
  return (name) => async (request) => {
    const { status, headers, body } = await engine({
      service: 's3',
      method: 'GET',
      url: `/${name}${request.url}`,
      headers: { ...engineHeaders(), ...toHeaders(request) },
      body: Buffer.alloc(0),
      caller: 'host',
    });
    if (status === 404) return accessDenied;
    const kept = Object.entries(headers).filter(([header]) => !NOT_ANSWERED.test(header));
    return { status, headers: Object.fromEntries(kept), body };
  };
}

function toHeaders({ headers }: SiteRequest): Record<string, string> {
  const sent = Object.entries(headers).filter(([name]) => SENT_ON.includes(name));
  return Object.fromEntries(sent.map(([name, values]) => [name, values.join(',')]));
}

const accessDenied: Reply = {
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
};
