import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { html, toMarkup } from '../../web/pages/html.ts';

/** One paragraph of a mail. A button's address also stands in full below it, for readers that show no button. */
export type MailPart =
  | { text: string }
  | { button: string; url: string; ifItFails: string }
  | { link: string; url: string };

export interface MailContent {
  language: Language;
  title: string;
  sender: string;
  parts: MailPart[];
}

/** Mail readers drop stylesheets, so styles are inline; with no colours but the button's, they choose light or dark. */
const style = {
  body: 'margin:0;padding:24px 16px;font:16px/1.6 system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,Arial,sans-serif',
  column: 'max-width:560px;margin:0 auto',
  title: 'margin:0 0 24px;font-size:20px;line-height:1.35;font-weight:600',
  text: 'margin:0 0 16px',
  action: 'margin:24px 0 16px',
  // A border makes the button's size where padding is ignored (Outlook).
  button:
    'display:inline-block;border:solid #14604f;border-width:12px 24px;border-radius:8px;background:#14604f;color:#fff;font-weight:600;line-height:1.3;text-decoration:none',
  small: 'margin:0 0 16px;font-size:14px',
  address: 'overflow-wrap:anywhere;word-break:break-word',
  sender: 'margin:32px 0 0;padding:16px 0 0;border-top:1px solid #8885;font-size:14px',
};

export function toTextMail({ parts, sender }: MailContent): string {
  return `${[...parts.map(toText), `-- \n${sender}`].join('\n\n')}\n`;
}

export function toHtmlMail({ language, title, sender, parts }: MailContent): string {
  return toMarkup(html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
</head>
<body style="${style.body}">
<div lang="${language}" dir="${directionOf(language)}" style="${style.column}">
<h1 style="${style.title}">${title}</h1>
${parts.map(toHtml)}<p style="${style.sender}">${sender}</p>
</div>
</body>
</html>
`);
}

function toText(part: MailPart): string {
  if ('text' in part) return part.text;
  return 'button' in part ? `${part.button}:\n${part.url}` : `${part.link}\n${part.url}`;
}

function toHtml(part: MailPart) {
  if ('text' in part) return html`<p style="${style.text}">${part.text}</p>\n`;
  if ('link' in part) return html`<p style="${style.small}">${part.link}<br>${address(part.url)}</p>\n`;
  return html`<p style="${style.action}"><a href="${part.url}" style="${style.button}">${part.button}</a></p>
<p style="${style.small}">${part.ifItFails}<br>${address(part.url)}</p>
`;
}

function address(url: string) {
  return html`<a href="${url}" dir="ltr" style="${style.address}">${url}</a>`;
}
