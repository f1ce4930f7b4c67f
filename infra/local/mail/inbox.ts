/** The inbox of a local stack: captured mail as JSON for tests and as pages for people. */
import type { ServerResponse } from 'node:http';
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import type { Listener } from '../contract.ts';
import { sendPage } from '../site/html.ts';
import { splitUrl } from '../site/http-event.ts';
import { refreshScript, toListPage, toMessagePage, toMissingPage } from './inbox-pages.ts';
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
interface Inbox {
  store: MailStore;
  /** Every kept message, oldest first, with its JSON beside it: thousands are polled several times a second. */
  messages(): Promise<{ message: InboxMessage; json: string }[]>;
}

/** Answers `/inbox` and what is below it. */
export function serveInbox(store: MailStore): Listener {
  const inbox = openInbox(store);
  return async (request, response) => {
    const { path: pathname, query } = splitUrl(request);
    if (pathname !== '/inbox' && !pathname.startsWith('/inbox/')) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      send(response, 405, 'text/plain', 'Read only.\n');
    else if (pathname === '/inbox') response.writeHead(302, { location: '/inbox/' }).end();
    else if (pathname === '/inbox/messages') await sendMessages(inbox, response);
    else if (pathname === '/inbox/refresh.js') send(response, 200, 'text/javascript', refreshScript);
    else if (pathname === '/inbox/')
      await sendList(inbox, response, new URLSearchParams(query).get('before'));
    else await sendPart(inbox, response, pathname);
    return true;
  };
}

function openInbox(store: MailStore): Inbox {
  const parsed: { message: InboxMessage; json: string }[] = [];
  let loading: Promise<unknown> = Promise.resolve();
  const load = async () => {
    for (const envelope of store.envelopes.slice(parsed.length)) {
      const message = await toInboxMessage(envelope, await store.read(envelope.id));
      parsed.push({ message, json: JSON.stringify(message) });
    }
  };
  return {
    store,
    async messages() {
      loading = loading.then(load, load);
      await loading;
      return parsed;
    },
  };
}

async function toInboxMessage(envelope: Envelope, source: Buffer): Promise<InboxMessage> {
  const mail = await parse(source);
  return {
    id: envelope.id,
    at: envelope.at,
    from: mail.from?.text ?? envelope.from,
    to: envelope.to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: toHeaders(mail),
    attachments: mail.attachments.map(({ filename, contentType, size }, index) => ({
      filename: filename ?? `attachment-${index + 1}`,
      contentType,
      size,
      url: `/inbox/messages/${envelope.id}/attachments/${index}`,
    })),
  };
}

function parse(source: Buffer): Promise<ParsedMail> {
  return simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
}

function toHeaders({ headerLines }: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim();
    headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  }
  return headers;
}

async function sendMessages(inbox: Inbox, response: ServerResponse): Promise<void> {
  const messages = await inbox.messages();
  send(response, 200, 'application/json', `[${messages.map(({ json }) => json).join(',\n')}]\n`);
}

/** A hundred messages a page, newest first. */
async function sendList(inbox: Inbox, response: ServerResponse, before: string | null): Promise<void> {
  const all = (await inbox.messages()).map(({ message }) => message);
  const end = before ? all.findIndex(({ id }) => id === before) : all.length;
  const shown = all.slice(Math.max(0, end - 100), Math.max(0, end)).reverse();
  sendPage(response, 200, toListPage({ shown, total: all.length, hasOlder: end > 100, newest: !before }));
}

/** `/inbox/ID`, `/inbox/ID/body` and `/inbox/messages/ID/attachments/N`. */
async function sendPart(inbox: Inbox, response: ServerResponse, path: string): Promise<void> {
  const [, id, part, index] =
    /^\/inbox\/(?:messages\/)?([\w-]+)(?:\/(body|attachments\/(\d+)))?$/.exec(path) ?? [];
  const { message } = (await inbox.messages()).find((each) => each.message.id === id) ?? {};
  if (!message) return sendPage(response, 404, toMissingPage());
  if (!part) return sendPage(response, 200, toMessagePage(message));
  if (part === 'body') return sendBody(response, message.html);
  const { attachments } = await parse(await inbox.store.read(message.id));
  const attachment = attachments[Number(index)];
  return attachment ? sendAttachment(response, attachment) : sendPage(response, 404, toMissingPage());
}

/** The mail's own HTML: it runs nothing and loads nothing, and its links open beside the inbox. */
function sendBody(response: ServerResponse, html: string): void {
  const sandbox =
    'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
  const policy = `${sandbox}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'`;
  // A base element counts wherever it stands; at the end it cannot disturb the doctype.
  send(response, 200, 'text/html; charset=utf-8', `${html}<base target="_blank">`, {
    'content-security-policy': policy,
  });
}

/** A PDF opens in the browser, whose viewer a sandbox would stop; anything that could be a page is downloaded. */
function sendAttachment(response: ServerResponse, { content, contentType, filename }: Attachment): void {
  const shown = /^(application\/pdf|image\/(png|jpeg|gif|webp)|text\/plain)$/.test(contentType);
  const name = encodeURIComponent(filename ?? 'attachment').replaceAll("'", '%27');
  send(response, 200, contentType, content, {
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    ...(!shown && { 'content-security-policy': 'sandbox' }),
  });
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, { 'content-type': contentType, ...always, ...headers }).end(body);
}
