import { parseMinorUnits } from '../../shared/kernel/minor-units.ts';
import { exactMoney } from '../live/exact-money.ts';
import type { Context } from './context.ts';
import type { errorTexts } from './errors.ts';
import { field, optionsOf, radios, toggle } from './fields.ts';
import { h } from './h.ts';
import { currencies, toMajorText } from './money.ts';
import { namesOf } from './names-of.ts';
import type { WidgetTextKey } from './text-keys.ts';

export const pledgeErrors: typeof errorTexts = {
  suggested: { '': 'error.amount.required' },
  amount: { '': 'error.amount', required: 'error.amount.required' },
  currency: { '': 'error.currency' },
  'pledger-name': { '': 'error.pledger.name', required: 'error.pledger.name.required' },
};

/** What a host page may fill in, by the names of fields. */
export type Values = Record<string, string | number>;
/** What is typed into the form, trimmed, by the names of its fields; nothing of what is hidden. */
export type Typed = Record<string, string>;
export type PledgeFields = ReturnType<typeof pledgeFields>;

/** What is asked for a pledge beside who it is; hidden and disabled where nothing is pledged. */
export function pledgeFields({ campaign: { language, pledge }, tell }: Context) {
  const { beneficiary = '', purpose = '', suggested = {}, types = ['money'], conditions = [] } = pledge ?? {};
  const amounts = h('div');
  const own = h(
    'fieldset',
    field(
      tell,
      'amount',
      'form.amount',
      'transaction-amount',
      { inputmode: 'decimal', dir: 'ltr' },
      'form.amount.hint',
    ),
  );
  const groups = currencyGroups();
  const currency = field(tell, 'currency', 'form.currency', 'transaction-currency', {}, undefined, groups);
  const money = h(
    'fieldset',
    amounts,
    own,
    currency,
    radios(tell, 'interval', 'form.interval', [
      ['once', tell('form.interval.once')],
      ['monthly', tell('form.interval.monthly')],
    ]),
  );
  const organisation = h(
    'fieldset',
    field(tell, 'pledger-name', 'form.pledgerName', 'organization', {}, 'form.pledgerName.hint'),
  );
  const promise = h('p:notice');
  const element = h(
    'fieldset',
    h(
      'dl',
      h('dt', tell('pledge.beneficiary')),
      h('dd', beneficiary),
      h('dt', tell('pledge.purpose')),
      h('dd', purpose),
    ),
    types.length > 1 &&
      radios(tell, 'type', 'form.type', [
        ['money', tell('form.type.money')],
        ['support', tell('form.type.support')],
      ]),
    promise,
    money,
    radios(tell, 'pledger-type', 'form.pledgerType', [
      ['individual', tell('form.pledgerType.individual')],
      ['organisation', tell('form.pledgerType.organisation')],
    ]),
    organisation,
    conditions.length > 0 &&
      radios(tell, 'condition', 'form.condition', [
        ['', tell('form.condition.none')],
        ...conditions.map((count): [number, string] => [count, tell('form.condition.atLeast', { count })]),
      ]),
  );
  const input = own.querySelector('input') as HTMLInputElement;
  const select = currency.querySelector('select') as HTMLSelectElement;
  let shown = '';

  function currencyGroups(): Node[] {
    const all = namesOf(Object.keys(currencies), 'currency', language);
    const group = (label: WidgetTextKey, isFirst: boolean) =>
      h('optgroup', { label: tell(label) }, optionsOf(all.filter(([code]) => code in suggested === isFirst)));
    return [group('form.currency.suggested', true), group('form.currency.all', false)];
  }

  const digits = () => currencies[select.value] ?? 2;
  /** Minor units of the currency; undefined where nothing is chosen, or what is typed is no amount. */
  const amountOf = (typed: Typed) =>
    Number(typed['suggested']) || parseMinorUnits(typed['amount'] ?? '', digits());

  /** As it stands, also in what is disabled at the moment and hence not in what is typed. */
  const chosen = (name: string) => element.querySelector<HTMLInputElement>(`[name=${name}]:checked`)?.value;
  const isOwn = () => !amounts.firstChild || chosen('suggested') === '0';

  /** Amounts are suggested by currency; one that is typed stays. */
  function suggest(): void {
    const keepsOwn = isOwn() && (amounts.firstChild || input.value);
    shown = select.value;
    const list = (suggested as Record<string, number[]>)[shown]?.map((amount): [number, string] => [
      amount,
      exactMoney(amount, shown, digits(), language, amount % 10 ** digits() && digits()),
    ]);
    amounts.replaceChildren();
    if (list)
      amounts.append(
        radios(tell, 'suggested', 'form.amount.choose', [...list, [0, tell('form.amount.own')]], 'amount'),
      );
    if (keepsOwn) choose('0');
  }

  /** Whether there is such a choice. */
  function choose(value: string | number | undefined): boolean {
    const choice = [...amounts.querySelectorAll('input')].find((each) => each.value === `${value}`);
    if (choice) choice.checked = true;
    return !!choice;
  }

  /** Shows what is asked, after what was chosen so far. */
  function update(_typed?: Typed): void {
    if (shown !== select.value) suggest();
    const isMoney = (chosen('type') ?? types[0]) === 'money';
    promise.textContent = tell(isMoney ? 'pledge.promise' : 'pledge.support.promise');
    toggle(money, isMoney);
    toggle(own, isOwn());
    toggle(organisation, chosen('pledger-type') === 'organisation');
    input.setCustomValidity(parseMinorUnits(input.value.trim(), digits()) ? '' : '-');
  }

  return {
    element,
    update,
    /** The part of the JSON body that is a pledge's and not in a field of its name. */
    read(typed: Typed): object {
      const atLeast = Number(typed['condition']);
      return {
        type: typed['type'] ?? types[0],
        amount: amountOf(typed),
        pledger: { type: typed['pledger-type'], name: typed['pledger-name'] || undefined },
        condition: atLeast ? { atLeast } : undefined,
      };
    },
    /**
     * An amount that is a number is one of minor units: as one that is suggested, or as if it were typed. What the reader
     * chose goes first: it comes along when the form is made anew.
     */
    fill({ currency, suggested: choice, amount }: Values): void {
      if (currency) select.value = `${currency}`;
      if (shown !== select.value) suggest();
      if (typeof amount === 'number') {
        input.value = toMajorText(amount, digits());
        if (!choose(amount)) choose('0');
      }
      choose(choice);
    },
  };
}
