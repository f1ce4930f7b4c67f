import type { LetterProof } from '../../functions/letters/letter-proof.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page-text.ts';

/** Computes the fingerprint of a file in the reader's browser; without it, the reader's own commands do. */
export const fileCheckScript = 'file-check.js';

/** What each system has for it. */
const commands = [
  ['Windows (PowerShell)', 'Get-FileHash'],
  ['macOS', 'shasum -a 256'],
  ['Linux', 'sha256sum'],
] as const;

/** The fingerprint of a letter's PDF, and how to compare that of a file with it. */
export function letterFile({ language, number, pdf }: LetterProof): Html {
  const t = pageText(language);
  return html`<section class="card narrow file" aria-labelledby="file-title"><h2 id="file-title">${t('letter.file.title')}</h2>
<p class="prose">${t('letter.file.text')}</p>
<dl class="stored">
<div><dt>${t('letter.file.sha256')}</dt><dd><code dir="ltr">${pdf.sha256}</code></dd></div>
<div><dt>${t('letter.file.size')}</dt><dd>${formatBytes(pdf.bytes, language)}</dd></div>
${commands.map(
  ([system, command]) =>
    html`<div><dt>${t('letter.file.command', { system })}</dt><dd><code dir="ltr">${command} ${number}.pdf</code></dd></div>\n`,
)}</dl>
<div class="field" data-file-check="${pdf.sha256}" data-same="${t('letter.file.same')}" data-other="${t('letter.file.other')}" data-unreadable="${t('letter.file.unreadable')}" hidden>
<label for="file">${t('letter.file.choose')}</label>
<p class="hint" id="file-hint">${t('letter.file.hint')}</p>
<input type="file" id="file" accept="application/pdf,.pdf" aria-describedby="file-hint">
<p class="outcome" role="status"></p>
</div></section>`;
}

function formatBytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(bytes);
}
