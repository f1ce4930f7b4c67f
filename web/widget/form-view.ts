import type { WidgetKind } from '../../shared/kernel/action-kind.ts';
import type { Reply } from './ask.ts';
import { chunkOf, soon } from './chunks.ts';
import { announce, type Context, explainBriefly, listed, type Sent, send } from './context.ts';
import { countries } from './countries.ts';
import { controlsOf, errorTexts, findWrong, hideErrors, showErrors, type Wrong } from './errors.ts';
import { consentBoxes, field, optionsOf, radios, toggle } from './fields.ts';
import { h } from './h.ts';
import { namesOf } from './names-of.ts';
import type { chunk as PledgeChunk } from './pledge-chunk.ts';
import type { PledgeFields, Typed, Values } from './pledge-fields.ts';
import { countryOfTimeZone } from './time-zone.ts';
import { askIfMeant } from './typo.ts';

/** Fields that are sent under their own names, and that a host page may fill in: amounts are in minor units there. */
export const plainFields =
  'givenName familyName email country postalCode display amount currency interval'.split(' ');

/** Milliseconds without a key, after which an address is taken as typed. */
const pause = 700;
const texts = {
  signature: ['signature.title', 'signature.intro', 'signature.submit'],
  pledge: ['pledge.title', 'pledge.intro', 'pledge.submit'],
} as const;

/** One form for all kinds, so that what is typed for one is there for the other. */
export function formView(context: Context, kinds: WidgetKind[], whenSent: (sent: Sent) => Promise<void>) {
  const { campaign, tell, host } = context;
  const { language } = campaign;
  let waiting: Values = {};
  let kind = '' as WidgetKind;
  let pledge: PledgeFields | undefined;
  let typing: ReturnType<typeof setTimeout>;
  let sending: Promise<Reply> | undefined;

  const pledgePlace = h('div');
  const typo = h('p', { role: 'status' });
  const intro = h('p');
  const button = h('button:button', { type: 'submit' });
  const nations = optionsOf([['', tell('form.country.choose')], ...namesOf(countries, 'region', language)]);
  let consents = consentBoxes(tell, campaign.consents);
  const form = h(
    'form:form',
    { novalidate: true, submit, input: update },
    kinds[1]
      ? radios(
          tell,
          'kind',
          'form.kinds',
          kinds.map((each) => [each, tell(texts[each][0])]),
          'tab',
        )
      : h('h3', { tabindex: -1 }, tell(texts[kinds[0] as WidgetKind][0])),
    pledgePlace,
    h(
      'div:pair',
      field(tell, 'givenName', 'form.givenName', 'given-name'),
      field(tell, 'familyName', 'form.familyName', 'family-name'),
    ),
    field(
      tell,
      'email',
      'form.email',
      'email',
      { type: 'email', maxlength: 254, dir: 'ltr', input: awaitTypo },
      'form.email.hint',
    ),
    typo,
    field(tell, 'country', 'form.country', 'country', {}, undefined, nations),
    field(tell, 'postalCode', 'form.postalCode', 'postal-code', {
      required: false,
      maxlength: 12,
      dir: 'ltr',
    }),
    radios(tell, 'display', 'form.display', [
      ['anonymous', tell('form.display.anonymous')],
      ['initials', tell('form.display.initials')],
      ['name', tell('form.display.name')],
    ]),
    consents,
    intro,
    button,
    h('p:hint', tell('form.data')),
  );

  const control = (name: string) => form.elements.namedItem(name) as HTMLInputElement;

  function read(): Typed {
    const typed: Typed = {};
    new FormData(form).forEach((value, name) => {
      typed[name] = `${value}`.trim();
    });
    return typed;
  }

  function update(): void {
    const typed = read();
    pledge?.update(typed);
    void show(typed['kind'] ?? '');
  }

  /** Resolves to whether it is shown: what is asked for a pledge is loaded when somebody wants to pledge. */
  async function show(wanted: string): Promise<boolean> {
    const chosen = kinds.find((each) => each === wanted) ?? (kind || (kinds[0] as WidgetKind));
    const tabs = control('kind');
    if (tabs) tabs.value = chosen;
    if (chosen === 'pledge' && !pledge) {
      const chunk = await chunkOf('pledge');
      // Somebody has chosen otherwise meanwhile.
      if (tabs && tabs.value !== chosen) return false;
      if (!chunk) return notLoaded();
      if (!pledge) addPledge(chunk);
    }
    if (pledge) toggle(pledge.element, chosen === 'pledge');
    if (chosen === kind) return true;
    kind = chosen;
    hideErrors(form);
    intro.textContent = tell(texts[kind][1]);
    button.textContent = tell(texts[kind][2]);
    return true;
  }

  function addPledge(chunk: typeof PledgeChunk): void {
    Object.assign(errorTexts, chunk.pledgeErrors);
    pledge = chunk.pledgeFields(context);
    pledgePlace.append(pledge.element);
    const values = waiting;
    waiting = {};
    fill(values);
  }

  function notLoaded(): false {
    if (!kind) return false;
    control('kind').value = kind;
    fail('unreachable', [], tell('failure.unreachable'));
    return false;
  }

  /** What there is no field for yet waits for it. */
  function fill(values: Values): void {
    for (const name in values) {
      const value = values[name] ?? '';
      if (control(name)) control(name).value = `${value}`;
      else waiting[name] = value;
    }
    pledge?.fill(values);
    update();
  }

  /** Not when the field is left: what is clicked must not move away. */
  function awaitTypo(): void {
    clearTimeout(typing);
    typo.replaceChildren();
    typing = setTimeout(() => askIfMeant(tell, control('email'), typo), pause);
  }

  function toBody(): object {
    const typed = read();
    return {
      ...Object.fromEntries(plainFields.map((name) => [name, typed[name] || undefined])),
      ...(kind === 'pledge' && pledge?.read(typed)),
      language,
      consents: campaign.consents.map(({ id, version }, at) => ({
        id,
        version,
        granted: !!typed[`consents-${at}`],
      })),
      partner: listed(host, 'partner', campaign.partners),
      source: listed(host, 'source', campaign.sources),
    };
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    // What was chosen is not there yet.
    if (sending || (read()['kind'] ?? kind) !== kind) return;
    hideErrors(form);
    const wrong = findWrong(form);
    if (wrong[0]) return fail('invalid-fields', wrong);
    const sent = { kind, email: control('email').value, body: JSON.stringify(toBody()) };
    button.setAttribute('aria-disabled', 'true');
    button.textContent = tell('form.sending');
    sending = send(context, sent);
    // What is said afterwards is loaded meanwhile.
    void chunkOf('later');
    await conclude(sent, await sending);
    sending = undefined;
    button.removeAttribute('aria-disabled');
    button.textContent = tell(texts[kind][2]);
  }

  /** The button keeps its focus, and does nothing, until it is said what came of it. */
  async function conclude(sent: Sent, reply: Reply): Promise<void> {
    if (reply.code) return refuse(reply.code, reply);
    const shown = whenSent(sent);
    // Whoever hears of it may go on to another step.
    announce(host, 'submitted', { kind: sent.kind });
    await shown;
  }

  /** What is loaded for after sending knows what can go wrong there. */
  async function refuse(code: string, reply: Reply): Promise<void> {
    const { errors = [] } = reply;
    const chunk = await chunkOf('later', soon);
    if (!chunk) return fail(code, [], explainBriefly(tell, reply));
    if (await chunk.renewConsents(context, errors)) askConsents();
    fail(code, chunk.fromServer(controlsOf(form), errors), chunk.explain(tell, reply));
  }

  function fail(code: string, wrong: Wrong[], problem = ''): void {
    showErrors(tell, form, wrong, problem);
    announce(host, 'error', { code });
  }

  /** Anew: their texts have changed, and are to be read, and ticked, again. */
  function askConsents(): void {
    const old = consents;
    consents = consentBoxes(tell, campaign.consents);
    old.replaceWith(consents);
  }

  return {
    element: form,
    /** All that is filled in, for the form that comes in place of this one. */
    leave(): Values {
      if (pledge) pledge.element.disabled = false;
      return { ...waiting, ...read() };
    },
    show,
    fill,
    get kind() {
      return kind;
    },
    /** Settled when there is nothing under way. */
    get sending() {
      return sending;
    },
    /** The country where the browser's clock is, if none is chosen by then. Nothing else tells where somebody is. */
    async preselectCountry(): Promise<void> {
      const country = (await countryOfTimeZone(context.stop)) ?? '';
      control('country').value ||= country;
    },
  };
}
