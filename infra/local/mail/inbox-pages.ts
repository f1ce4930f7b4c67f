/** The inbox's pages. Everything of a mail is text here; its HTML shows only inside a sandboxed frame. */
import { html, type Markup, toPage } from '../site/html.ts';
import type { InboxMessage } from './inbox.ts';

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Puts the list's news in place every two seconds, and leaves the reader's focus where it was. */
export const refreshScript = `setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  const main = document.querySelector('main');
  if (next.innerHTML === main.innerHTML) return;
  const focused = document.activeElement?.getAttribute('href');
  main.querySelector('[role=status]').textContent = next.querySelector('[role=status]').textContent;
  main.querySelector('.list').replaceWith(next.querySelector('.list'));
  if (focused) main.querySelector('a[href="' + CSS.escape(focused) + '"]')?.focus();
}, 2000);
`;

export function toListPage(list: {
  shown: InboxMessage[];
  total: number;
  hasOlder: boolean;
  newest: boolean;
}): string {
  const { shown, total, hasOlder, newest } = list;
  const count =
    total === 0
      ? 'No mail yet. What the stack sends is kept here.'
      : `${total} ${total === 1 ? 'message' : 'messages'}`;
  const older = html`<p><a href="?before=${shown.at(-1)?.id}">Older messages</a></p>`;
  const body = html`<main>
<h1>Inbox</h1>
<p class="quiet" role="status">${count}</p>
<ul class="list">${shown.map(toItem)}</ul>
${hasOlder ? older : ''}
${newest ? '' : html`<p><a href="/inbox/">Newest messages</a></p>`}
</main>`;
  return toPage({ title: 'Inbox', body, ...(newest && { script: '/inbox/refresh.js' }) });
}

export function toMessagePage(message: InboxMessage): string {
  const { id, at, from, to, subject, text, html: rich, headers } = message;
  const frame = html`<h2>Message</h2>
<iframe title="The message as HTML" src="/inbox/${id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>`;
  const body = html`<main>
<p><a href="/inbox/">← Inbox</a></p>
<h1 dir="auto">${subject || '(no subject)'}</h1>
<dl>
<dt>From</dt><dd dir="auto">${from}</dd>
<dt>To</dt><dd>${to.join(', ')}</dd>
<dt>Time</dt><dd>${toTime(at)}</dd>
</dl>
${message.attachments.length > 0 ? toAttachments(message) : ''}
${rich ? frame : ''}
${text ? html`<h2>Text</h2><pre dir="auto">${linkify(text)}</pre>` : ''}
<details><summary>All headers</summary>
<dl>${Object.entries(headers).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`)}</dl>
</details>
</main>`;
  return toPage({ title: `${subject || '(no subject)'} · Inbox`, body });
}

export function toMissingPage(): string {
  const body = html`<main><h1>Not here</h1><p>There is no such message. <a href="/inbox/">Inbox</a></p></main>`;
  return toPage({ title: 'Not found · Inbox', body });
}

function toItem({ id, at, to, subject }: InboxMessage): Markup {
  return html`<li><a href="/inbox/${id}"><strong dir="auto">${subject || '(no subject)'}</strong>${toTime(at)}<span>${to.join(', ')}</span></a></li>`;
}

function toAttachments({ attachments }: InboxMessage): Markup {
  const items = attachments.map(
    ({ filename, contentType, size, url }) =>
      html`<li><a href="${url}"><strong dir="auto">${filename}</strong><span>${contentType}, ${Math.ceil(size / 1024)} kB</span></a></li>`,
  );
  return html`<h2>Attachments</h2><ul class="list">${items}</ul>`;
}

function toTime(at: string): Markup {
  return html`<time datetime="${at}">${dates.format(new Date(at))}</time>`;
}

function linkify(text: string): (string | Markup)[] {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return parts.map((part, index) =>
    index % 2 ? html`<a href="${part}" target="_blank" rel="noopener">${part}</a>` : part,
  );
}
