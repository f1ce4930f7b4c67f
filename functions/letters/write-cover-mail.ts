import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { setting } from '../../shared/aws/env.ts';
import { coverText } from './cover-text.ts';
import type { LetterContent } from './letter-content.ts';

const sender = /* @__PURE__ */ setting('SENDER');

export interface RawMail {
  from: string;
  to: string;
  /** The message of RFC 5322, its PDF attached. */
  bytes: Uint8Array;
}

/** The mail that carries a letter to an address. Replies go to the signatory, who reads them. */
export async function writeCoverMail(letter: LetterContent, to: string, pdf: Uint8Array): Promise<RawMail> {
  const { number, organisations, signatory, language } = letter;
  const { subject, text } = coverText(letter);
  const composer = new MailComposer({
    from: { name: organisations[0]?.name ?? signatory.name, address: sender },
    to,
    replyTo: { name: signatory.name, address: signatory.email },
    subject,
    text,
    headers: { 'Content-Language': language },
    // The reference makes a repeat recognisable to the reader's mail system.
    messageId: `<${number}@${sender.split('@')[1]}>`,
    attachments: [{ filename: `${number}.pdf`, content: Buffer.from(pdf), contentType: 'application/pdf' }],
  });
  return { from: sender, to, bytes: await composer.compile().build() };
}
