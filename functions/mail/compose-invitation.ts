import type { Language } from '../../shared/kernel/language.ts';
import type { ComposedMail } from './compose-mail.ts';
import { type MailPart, toHtmlMail, toTextMail } from './mail-layout.ts';
import { formatText, mailTexts } from './mail-text.ts';

/** What somebody is written who is invited to an organisation. Who invited them is not named: they know each other, or not. */
export interface InvitationMail {
  language: Language;
  /** Its name. */
  organisation: string;
  role: keyof (typeof mailTexts)['en']['invitation']['role'];
  url: string;
  linkExpiresAt: Date;
}

/** Writes the mail in its language, as text and as HTML with the same words and the same link. */
export function composeInvitation({
  language,
  organisation,
  role,
  url,
  linkExpiresAt,
}: InvitationMail): ComposedMail {
  const { greetingNameless, buttonFails, validUntil, invitation } = mailTexts[language];
  const say = (pattern: string) => formatText(pattern, language, { organisation, expires: linkExpiresAt });
  const subject = say(invitation.subject);
  const parts: MailPart[] = [
    { text: say(greetingNameless) },
    { text: say(invitation.why) },
    { text: say(invitation.role[role]) },
    { button: say(invitation.button), url, ifItFails: say(buttonFails) },
    { text: say(validUntil) },
    { text: say(invitation.close) },
  ];
  const content = { language, title: subject, sender: organisation, parts };
  return { subject, text: toTextMail(content), html: toHtmlMail(content) };
}
