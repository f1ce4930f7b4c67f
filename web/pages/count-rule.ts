import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { pageText } from './page-text.ts';

const parts = [
  'mailbox',
  'confirmed',
  'takenBack',
  'again',
  'verified',
  'endorsements',
  'chapters',
  'days',
] as const;

/** How actions are counted, in words: a paragraph each. */
export function countRule(language: Language): string[] {
  const t = pageText(language);
  const all = InvalidationReason.options.map((reason) => t(`count.reason.${reason}`));
  const reasons = new Intl.ListFormat(language, { type: 'disjunction' }).format(all);
  return parts.map((part) => t(`count.rule.${part}`, { reasons }));
}
