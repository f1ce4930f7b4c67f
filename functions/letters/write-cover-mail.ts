import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { setting } from '../../shared/aws/env.ts';
import { chooseLanguage, inLanguage, languages } from '../../shared/kernel/language.ts';
import { readTexts } from '../campaigns/read.ts';
import { coverText } from './cover-text.ts';
import type { Letter } from './letter.ts';
import type { Parties } from './letter-parties.ts';

const sender = /* @__PURE__ */ setting('SENDER');

export interface RawMail {
  from: string;
  to: string;
  /** The message of RFC 5322, its PDF attached. */
  bytes: Uint8Array;
}

/** The mail that carries a letter. Replies go to the signatory, who reads them. */
export async function writeCoverMail(
  letter: Letter,
  { campaign, organisation, target }: Parties,
  pdf: Uint8Array,
): Promise<RawMail> {
  const language = chooseLanguage([letter.language], languages, 'en');
  const { signatory } = campaign.letters;
  const { title } = readTexts(campaign, language);
  const role = inLanguage(signatory.role, language, campaign.defaultLanguage);
  const { subject, text } = coverText(language, {
    title,
    number: letter.number,
    organisation,
    office: inLanguage(target.office, language, campaign.defaultLanguage),
    signatory: signatory.name,
    role,
    email: signatory.email,
  });
  const composer = new MailComposer({
    from: { name: organisation, address: sender },
    to: target.email,
    replyTo: { name: signatory.name, address: signatory.email },
    subject,
    text,
    headers: { 'Content-Language': language },
    // The reference makes a repeat recognisable to the reader's mail system.
    messageId: `<${letter.number}@${sender.split('@')[1]}>`,
    attachments: [
      { filename: `${letter.number}.pdf`, content: Buffer.from(pdf), contentType: 'application/pdf' },
    ],
  });
  return { from: sender, to: target.email, bytes: await composer.compile().build() };
}
