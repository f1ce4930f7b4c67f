/** HTML for the host's own few pages: everything put into the template is escaped unless it is markup already. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';

const style = readFileSync(new URL('pages.css', import.meta.url), 'utf8');
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Markup {
  markup: string;
}

export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  return { markup: String.raw({ raw: parts }, ...values.map(toMarkup)) };
}

/** A whole page in the host's style. Nothing runs on it but `script`, a path on this origin. */
export function toPage(options: { title: string; body: Markup; script?: string }): string {
  const { title, body, script } = options;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ markup: style }}</style>
${script ? html`<script src="${script}" defer></script>` : ''}
</head>
<body>
${body}
</body>
</html>
`.markup;
}

export function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(page);
}

function toMarkup(value: unknown): string {
  if (Array.isArray(value)) return value.map(toMarkup).join('');
  if (typeof value === 'object' && value !== null && 'markup' in value) return String(value.markup);
  return String(value ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
