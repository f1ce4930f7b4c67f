import { Currency } from '../../shared/kernel/iso.ts';
import type { Campaign } from './campaign.ts';
import { blocks, type CampaignProblem, warns } from './campaign-problem.ts';

type Amounts = Pick<NonNullable<Campaign['pledge']>, 'suggested' | 'limit'>;

/** What is wrong with what one may pledge; its words are looked at with the others. */
export function listPledgeProblems({ kinds, pledge }: Campaign): CampaignProblem[] {
  const isTaken = kinds.includes('pledge');
  if (isTaken && !pledge) {
    const message = 'The campaign takes pledges and does not say for whom and for what: say it.';
    return [blocks('pledge-without-offer', message, { pointer: '/pledge' })];
  }
  if (!pledge) return [];
  if (!isTaken) {
    const message = 'The campaign says for what one may pledge, but takes no pledges: add them to its kinds.';
    return [warns('offer-without-pledge', message, { pointer: '/kinds' })];
  }
  return ofAmounts(pledge);
}

function ofAmounts({ types, suggested, limit = {} }: NonNullable<Campaign['pledge']>): CampaignProblem[] {
  const problems = currenciesUnknownIn({ suggested, limit }).map(({ currency, pointer }) => {
    const message = `${currency} is no currency of ISO 4217: nobody could pledge in it. Correct or remove it.`;
    return blocks('unknown-currency', message, { pointer });
  });
  if (types.includes('money') && !Object.values(suggested).some((amounts) => amounts?.length)) {
    const message = 'No amounts are suggested: most people take one that is. Add some.';
    problems.push(warns('no-suggested-amounts', message, { pointer: '/pledge/suggested' }));
  }
  for (const [currency, amounts = []] of Object.entries(suggested))
    if (amounts.some((amount) => amount > (limit[currency] ?? Number.POSITIVE_INFINITY))) {
      const message = `An amount suggested in ${currency} is above the limit: whoever takes it waits until you have verified it.`;
      problems.push(warns('suggested-above-limit', message, { pointer: `/pledge/suggested/${currency}` }));
    }
  return problems;
}

/** Where amounts of a pledge are in what is no currency of ISO 4217. */
function currenciesUnknownIn(amounts: Amounts): Array<{ currency: string; pointer: string }> {
  return Object.entries(amounts).flatMap(([part, byCurrency]) =>
    Object.keys(byCurrency ?? {})
      .filter((currency) => !Currency.safeParse(currency).success)
      .map((currency) => ({ currency, pointer: `/pledge/${part}/${currency}` })),
  );
}
