import type { SupporterMail } from '../../functions/mail/compose-mail.ts';
import type { Language } from '../../shared/kernel/language.ts';

const confirmUrl = 'https://groundswell.example.org/confirm?token=k1.confirm.abc&x=1';
const manageUrl = 'https://groundswell.example.org/manage?token=k1.manage.abc&x=1';
const linkExpiresAt = new Date('2026-12-01T09:30:00Z');
const titles: Record<Language, string> = {
  en: 'Mental health for all',
  fr: 'La santé mentale pour toutes et tous',
  es: 'Salud mental para todas las personas',
  ar: 'الصحة النفسية للجميع',
  pt: 'Saúde mental para todas as pessoas',
  hi: 'सबके लिए मानसिक स्वास्थ्य',
  zh: '人人享有心理健康',
  sw: 'Afya ya akili kwa wote',
  ru: 'Психическое здоровье для всех',
  de: 'Psychische Gesundheit für alle',
};
const names: Record<Language, string> = {
  en: 'Wanjiru',
  fr: 'Zoé',
  es: 'Íñigo',
  ar: 'ليلى',
  pt: 'João',
  hi: 'आशा',
  zh: '晓明',
  sw: 'Neema',
  ru: 'Мария',
  de: 'Jürgen',
};

/** Every mail there is in a language: its purpose and kind, and what it is composed of. */
export function allSupporterMails(
  language: Language,
  givenName = names[language],
): Array<[string, SupporterMail]> {
  const to = { language, givenName, campaignTitle: titles[language], organisation: 'Minds in Common' };
  const confirm = { ...to, confirmUrl, manageUrl, linkExpiresAt };
  const before = { amount: 2_500, currency: 'EUR' };
  const after = { amount: 5_000, currency: 'EUR' };
  const change = { ...confirm, purpose: 'confirm-change' } as const;
  return [
    ['confirm a signature', { ...confirm, purpose: 'confirm', kind: 'signature' }],
    ['confirm a pledge', { ...confirm, purpose: 'confirm', kind: 'pledge', after }],
    ['change a signature', { ...change, kind: 'signature' }],
    ['change a pledge', { ...change, kind: 'pledge', before, after }],
    ['change the details of a pledge', { ...change, kind: 'pledge', before, after: before }],
    ['confirm an endorsement', { ...confirm, purpose: 'confirm', kind: 'endorsement' }],
    ['change an endorsement', { ...change, kind: 'endorsement' }],
    ['already endorsed', { ...to, purpose: 'already-confirmed', kind: 'endorsement', manageUrl }],
    ['already signed', { ...to, purpose: 'already-confirmed', kind: 'signature', manageUrl }],
    ['already pledged', { ...to, purpose: 'already-confirmed', kind: 'pledge', manageUrl }],
    ['confirm a pledge without money', { ...confirm, purpose: 'confirm', kind: 'pledge', after: {} }],
    ['replace money by backing without it', { ...change, kind: 'pledge', before, after: {} }],
    [
      'make a pledge depend on others',
      { ...change, kind: 'pledge', before, after: { ...before, atLeast: 1_000 } },
    ],
  ];
}
