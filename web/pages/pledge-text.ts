import type { Language } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { type PageText, pageText } from './page-text.ts';

/**
 * What is promised. Amount in minor units of the currency; amount, currency and interval are all there, or none of them:
 * then it is backing without money.
 */
export interface Promised {
  amount?: number | undefined;
  currency?: string | undefined;
  interval?: 'once' | 'monthly' | undefined;
  /** It holds only once this many have pledged. */
  atLeast?: number | undefined;
}

/** A promise as its owner may see it. */
export interface ManagedPledge extends Promised {
  pledger?: { type: 'individual' | 'organisation'; name?: string | undefined } | undefined;
  note?: string | undefined;
  /** Whether a campaigner has yet to verify it, and when one did (milliseconds since the epoch). */
  toVerify?: boolean | undefined;
  verifiedAt?: number | undefined;
}

/** "€25.00 · Every month · Only once 1,000 pledges are confirmed", with the organisation that pledges, if one does. */
export function pledgeText(pledge: ManagedPledge, language: Language): string {
  const t = pageText(language);
  const { atLeast, pledger } = pledge;
  const condition = atLeast && t('pledge.condition', { count: atLeast });
  return [...toPromise(pledge, language, t), condition, pledger?.name].filter(Boolean).join(' · ');
}

function toPromise({ amount, currency, interval }: Promised, language: Language, t: PageText): string[] {
  if (amount === undefined || !currency || !interval) return [t('pledge.support')];
  return [formatMoney(amount, currency, language), t(`form.interval.${interval}`)];
}
