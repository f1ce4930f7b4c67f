import type { LetterContent } from './letter-content.ts';
import { speakerOf } from './say.ts';

/** Subject and text of the mail that carries a letter, in the letter's language. */
export function coverText(letter: LetterContent): { subject: string; text: string } {
  const { say } = speakerOf(letter);
  const { name, email } = letter.signatory;
  const paragraphs = [
    say('coverTo'),
    say('coverLetter'),
    say('coverVerify'),
    say('coverReceipt'),
    say('coverClosing'),
    [name, letter.text.role, letter.organisations[0]?.name, email].join('\n'),
  ];
  return { subject: asMail(say('coverSubject')), text: asMail(`${paragraphs.join('\n\n')}\n`) };
}

/** Mail systems take the marks of direction around a link as a part of it; each address has its own line or its own end. */
function asMail(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '');
}
