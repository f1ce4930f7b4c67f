import type { Language } from '../../shared/kernel/language.ts';

export interface CoverFacts {
  title: string;
  number: string;
  organisation: string;
  office: string;
  signatory: string;
  role: string;
  email: string;
}

const texts: Record<Language, { subject: string; lines: string[] }> = {
  en: {
    subject: '{title} (ref. {number})',
    lines: [
      'To: {office}',
      'Please find attached a letter from {organisation} (reference {number}).',
      'We would be grateful if you would confirm that you have received it. You can answer this message directly; it is read by {signatory}.',
      'Yours faithfully,',
    ],
  },
  fr: {
    subject: '{title} (réf. {number})',
    lines: [
      'À l’attention de : {office}',
      'Veuillez trouver ci-joint une lettre de {organisation} (référence {number}).',
      'Nous vous serions reconnaissants de bien vouloir en accuser réception. Vous pouvez répondre directement à ce message, qui est lu par {signatory}.',
      'Nous vous prions d’agréer l’expression de notre haute considération.',
    ],
  },
  es: {
    subject: '{title} (ref. {number})',
    lines: [
      'A la atención de: {office}',
      'Adjuntamos una carta de {organisation} (referencia {number}).',
      'Le agradeceríamos que acusara recibo. Puede responder directamente a este mensaje, que lee {signatory}.',
      'Atentamente,',
    ],
  },
  ar: {
    subject: '{title} (المرجع {number})',
    lines: [
      'إلى: {office}',
      'تجدون طيّه رسالة من {organisation} (المرجع {number}).',
      'نكون ممتنين لو تفضلتم بتأكيد استلامها. ويمكنكم الرد على هذه الرسالة مباشرة، فهي تصل إلى {signatory}.',
      'وتفضلوا بقبول فائق الاحترام،',
    ],
  },
};

/** Subject and text of the mail that carries a letter, in the letter's language. */
export function coverText(language: Language, facts: CoverFacts): { subject: string; text: string } {
  const say = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name as keyof CoverFacts] ?? whole);
  const { subject, lines } = texts[language];
  const signature = [facts.signatory, facts.role, facts.organisation, facts.email].join('\n');
  return { subject: say(subject), text: `${[...lines.map(say), signature].join('\n\n')}\n` };
}
