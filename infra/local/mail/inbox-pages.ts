/** The inbox's pages. Everything of a mail is text here; its HTML shows only inside a sandboxed frame. */
import { type Html, html } from '../../../web/pages/html.ts';
import type { InboxMessage } from './inbox.ts';

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Newest first. */
export function toList(messages: InboxMessage[]): Html {
  if (messages.length === 0) return html`<p>No mail yet. What the stack sends is kept here.</p>`;
  const items = messages
    .toReversed()
    .map(
      ({ id, at, to, subject }) =>
        html`<li><a href="/inbox/${id}"><strong dir="auto">${subject || '(no subject)'}</strong>${to.join(', ')} ${toTime(at)}</a></li>`,
    );
  return html`<ul>${items}</ul>`;
}

export function toMessageBody(message: InboxMessage): Html {
  const { id, at, from, to, text, html: rich, headers, attachments } = message;
  const files = attachments.map(
    ({ filename, contentType, size, url }) =>
      html`<li><a href="${url}"><strong dir="auto">${filename}</strong>${contentType}, ${Math.ceil(size / 1024)} kB</a></li>`,
  );
  return html`<dl>
<dt>From</dt><dd dir="auto">${from}</dd>
<dt>To</dt><dd>${to.join(', ')}</dd>
<dt>Time</dt><dd>${toTime(at)}</dd>
</dl>
<ul>${files}</ul>
${
  rich &&
  html`<iframe title="The message as HTML" src="/inbox/${id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>`
}
${text && html`<h2>Text</h2><pre dir="auto">${linkify(text)}</pre>`}
<details><summary>All headers</summary>
<dl>${Object.entries(headers).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`)}</dl>
</details>
<p><a href="/inbox/">Inbox</a></p>`;
}

function toTime(at: string): Html {
  return html`<time datetime="${at}">${dates.format(new Date(at))}</time>`;
}

function linkify(text: string): (string | Html)[] {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return parts.map((part, index) =>
    index % 2 ? html`<a href="${part}" target="_blank" rel="noopener">${part}</a>` : part,
  );
}
