/** The inbox of a local stack: captured mail as JSON for tests and as pages for people. */
import type { ServerResponse } from 'node:http';
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import { html } from '../../../web/pages/html.ts';
import type { Listener } from '../contract.ts';
import { splitUrl } from '../site/http-event.ts';
import { sendPage } from '../site/page.ts';
import { toList, toMessageBody } from './inbox-pages.ts';
import type { Envelope, MailStore } from './mail-store.ts';

export interface InboxMessage {
  id: string;
  at: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** By lower-case name, unfolded; a name that comes twice has its values joined by a line break. */
  headers: Record<string, string>;
  attachments: { filename: string; contentType: string; size: number; url: string }[];
}
/** A message, and its JSON. */
interface Parsed {
  message: InboxMessage;
  json: string;
}
/** Messages of these envelopes, in their order. */
type ReadMessages = (envelopes: readonly Envelope[]) => Promise<Parsed[]>;

/** `/inbox/ID`, `/inbox/ID/body` and `/inbox/messages/ID/attachments/N`. */
const PARTS = /^\/inbox\/(?:messages\/)?([\w-]+)(?:\/(body|attachments\/(\d+)))?$/;

/** Messages of one page at most. */
const MOST = 1_000;

/** Answers `/inbox` and what is below it. */
export function serveInbox(store: MailStore): Listener {
  const readMessages = createReader(store);
  return async (request, response) => {
    const { path, query } = splitUrl(request);
    if (path !== '/inbox' && !path.startsWith('/inbox/')) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405).end();
    else if (path === '/inbox') response.writeHead(302, { location: '/inbox/' }).end();
    else if (path === '/inbox/messages') await list(query, response, readMessages, store);
    else await show(path, response, readMessages, store);
    return true;
  };
}

/** All messages, oldest first; with `after`, those whose ids sort after it, and with `limit`, so many at most. */
async function list(query: string, response: ServerResponse, readMessages: ReadMessages, store: MailStore) {
  const asked = new URLSearchParams(query);
  const after = asked.get('after') ?? '';
  const limit = Number(asked.get('limit') ?? Number.POSITIVE_INFINITY);
  if (asked.has('limit') && !(Number.isInteger(limit) && limit >= 1 && limit <= MOST)) {
    const words = `Give a limit from 1 to ${MOST}, or none.\n`;
    return send(response, 'text/plain; charset=utf-8', words, {}, 400);
  }
  const wanted = store.envelopes.filter(({ id }) => id > after).slice(0, limit);
  const page = await readMessages(wanted);
  send(response, 'application/json', `[${page.map(({ json }) => json).join(',\n')}]\n`);
}

async function show(path: string, response: ServerResponse, readMessages: ReadMessages, store: MailStore) {
  if (path === '/inbox/') {
    const all = await readMessages(store.envelopes);
    return sendPage(response, 200, 'Inbox', toList(all.map(({ message }) => message)));
  }
  const [, id, part, index] = PARTS.exec(path) ?? [];
  const [{ message } = {}] = await readMessages(store.envelopes.filter((each) => each.id === id));
  if (message && !part)
    return sendPage(response, 200, message.subject || '(no subject)', toMessageBody(message));
  if (message && part === 'body') return sendBody(response, message.html);
  const mail = message && (await parse(await store.read(message.id)));
  const attachment = mail?.attachments[Number(index)];
  if (attachment) return sendAttachment(response, attachment);
  sendPage(response, 404, 'Not here', html`<p>There is no such message. <a href="/inbox/">Inbox</a></p>`);
}

/** Each message is parsed once: thousands of them are polled several times a second. */
function createReader(store: MailStore): ReadMessages {
  const known = new Map<string, Promise<Parsed>>();
  const toParsed = async (envelope: Envelope) => {
    const message = toInboxMessage(envelope, await parse(await store.read(envelope.id)));
    return { message, json: JSON.stringify(message) };
  };
  return async (envelopes) => {
    const messages: Parsed[] = [];
    for (const envelope of envelopes) {
      const parsed = known.get(envelope.id) ?? toParsed(envelope);
      known.set(envelope.id, parsed);
      messages.push(await parsed);
    }
    return messages;
  };
}

function toInboxMessage({ id, at, from, to }: Envelope, mail: ParsedMail): InboxMessage {
  return {
    id,
    at,
    from: mail.from?.text ?? from,
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: toHeaders(mail),
    attachments: mail.attachments.map(({ filename, contentType, size }, index) => ({
      filename: filename ?? `attachment-${index + 1}`,
      contentType,
      size,
      url: `/inbox/messages/${id}/attachments/${index}`,
    })),
  };
}

function parse(source: Buffer): Promise<ParsedMail> {
  return simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
}

function toHeaders({ headerLines }: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of headerLines) {
    const unfolded = line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '');
    headers[key] = key in headers ? `${headers[key]}\n${unfolded.trim()}` : unfolded.trim();
  }
  return headers;
}

/** The mail's own HTML: it runs nothing and loads nothing, and its links open beside the inbox. */
function sendBody(response: ServerResponse, body: string): void {
  const sandbox =
    'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
  const policy = `${sandbox}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'`;
  // A base element counts wherever it stands; at the end it cannot disturb the doctype.
  send(response, 'text/html; charset=utf-8', `${body}<base target="_blank">`, {
    'content-security-policy': policy,
  });
}

/** A PDF opens in the browser, whose viewer a sandbox would stop; anything that could be a page is downloaded. */
function sendAttachment(response: ServerResponse, { content, contentType, filename }: Attachment): void {
  const shown = /^(application\/pdf|image\/(png|jpeg|gif|webp)|text\/plain)$/.test(contentType);
  const name = encodeURIComponent(filename ?? 'attachment').replaceAll("'", '%27');
  send(response, contentType, content, {
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
  });
}

function send(
  response: ServerResponse,
  contentType: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
  status = 200,
): void {
  const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, { 'content-type': contentType, ...always, ...headers }).end(body);
}
