import type { Language } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { pageText } from './page-text.ts';

/** A promise of money as its owner may see it. Amount in minor units of the currency. */
export interface ManagedPledge {
  amount: number;
  currency: string;
  interval: 'once' | 'monthly';
  pledger?: { type: 'individual' | 'organisation'; name?: string | undefined } | undefined;
  note?: string | undefined;
}

/** "€25.00 · Every month", with the organisation that pledges, if one does. */
export function pledgeText(
  { amount, currency, interval, pledger }: ManagedPledge,
  language: Language,
): string {
  const t = pageText(language);
  const parts = [formatMoney(amount, currency, language), t(`form.interval.${interval}`), pledger?.name];
  return parts.filter(Boolean).join(' · ');
}
