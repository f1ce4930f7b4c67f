import { type ActionView, actionView } from './action-view.ts';
import { ask, type Reply } from './ask.ts';
import { announce, askAddress, type Campaign, type Step } from './context.ts';
import { plainFields } from './form-view.ts';
import { h } from './h.ts';
import type { Values } from './pledge-fields.ts';
import { askTally } from './tally-view.ts';
import { loadTexts, type Tell, writtenIn } from './texts.ts';

declare const WIDGET_STYLES: string;
const styles = WIDGET_STYLES;

/** `<groundswell-action>`: see docs/widget.md. */
export class GroundswellAction extends HTMLElement {
  static observedAttributes = ['campaign', 'api', 'lang', 'kind', 'partner'];

  #root = this.attachShadow({ mode: 'open' });
  #view: ActionView | undefined;
  /** Whether the attributes are others than those of the view. */
  #isOld = true;
  /** Aborted when another load begins, or the element leaves the page. */
  #loading = new AbortController();
  /** Aborted when the view is replaced, or the element leaves the page. */
  #following = new AbortController();
  #prefilled: Values = {};
  #wanted = '';

  connectedCallback(): void {
    this.#follow();
    if (this.#isOld) void this.#load();
  }

  disconnectedCallback(): void {
    this.#loading.abort();
    this.#following.abort();
  }

  attributeChangedCallback(): void {
    this.#isOld = true;
    if (this.isConnected) void this.#load();
  }

  get step(): Step | undefined {
    return this.#view?.step;
  }

  /** Fills in fields, never a consent. Throws a TypeError for a name that there is not, or an amount not in minor units. */
  prefill(values: Values = {}): void {
    const { amount = 0 } = values;
    if (!Number.isSafeInteger(amount) || Number(amount) < 0) throw new TypeError('amount');
    for (const name in values) if (!plainFields.includes(name)) throw new TypeError(name);
    if (this.#view?.form) this.#view.form.fill(values);
    else Object.assign(this.#prefilled, values);
  }

  /** Shows a step; before the campaign is there, as soon as it is. Throws a RangeError for one that there is not. */
  go(step: string): void {
    if (!this.#view) this.#wanted = step;
    else if (this.#view.has(step)) this.#view.go(step as Step);
    else throw new RangeError(step);
  }

  /** What is there stays, and works, until something else can take its place. */
  async #load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const stop = this.#loading.signal;
    // Attributes that change together are loaded for once.
    await undefined;
    if (stop.aborted) return;
    if (!this.#root.firstChild) this.#show(h('slot'));
    const wanted = languageFor(this);
    const [primary = ''] = wanted.split('-');
    const origin = originOf(this.getAttribute('api') || '/');
    const api = `${origin}/v1/campaigns/${encodeURIComponent(this.getAttribute('campaign') ?? '')}`;
    const early = loadTexts(primary);
    const first = askTally(api, stop);
    const reply = await ask<Campaign>(askAddress(api, wanted, this), stop);
    const campaign = reply.body;
    const language = campaign?.language ?? primary;
    const tell = await (language === primary ? early : loadTexts(language));
    if (stop.aborted || isBegun(this)) return;
    const view = campaign && tell && actionView({ campaign, tell, origin, api, host: this, first, stop });
    const isThere = await view?.begin();
    await this.#view?.form?.sending;
    if (stop.aborted || isBegun(this)) return;
    const before = this.#view?.context.api === api ? this.#view : undefined;
    if (view && isThere) return this.#replace(view, before);
    announce(this, 'error', { code: reply.code ?? 'unreachable' });
    if (!before) this.#fail(reply, tell ?? ((await loadTexts('en')) as Tell));
  }

  /** Keeps what was typed; of the same campaign, also what was sent, and the step. */
  #replace(view: ActionView, before: ActionView | undefined): void {
    const focused = this.#leave();
    view.context.sent = before?.context.sent;
    this.#view = view;
    this.#isOld = false;
    this.#show(view.card);
    this.#follow();
    if (view.form) {
      view.form.fill(this.#prefilled);
      this.#prefilled = {};
    }
    const step = this.#wanted || before?.step || (focused && view.step) || '';
    // Without a selector of anything: the focus stays where it is.
    if (view.has(step)) view.go(step as Step, focused ? undefined : 'none');
    this.#wanted = '';
    void view.form?.preselectCountry();
  }

  /** What stands in for the widget stays, beside what went wrong. */
  #fail(reply: Reply, tell: Tell): void {
    const focused = this.#leave();
    this.#view = undefined;
    const retry = h('button:button-second', { click: () => this.#load() }, tell('failure.retry'));
    const text = tell(reply.code === 'not-found' ? 'failure.missing' : 'failure.load');
    this.#show(
      h('slot'),
      h('div:card', writtenIn(tell.language), h('p:notice', { role: 'alert' }, text), retry),
    );
    if (focused) retry.focus();
  }

  /** Keeps what was typed into the view; returns what has the focus in it. */
  #leave(): Element | null {
    Object.assign(this.#prefilled, this.#view?.form?.leave());
    return this.#root.activeElement;
  }

  #follow(): void {
    this.#following.abort();
    this.#following = new AbortController();
    this.#view?.start(this.#following.signal);
  }

  #show(...content: HTMLElement[]): void {
    const root = this.#root as Partial<ShadowRoot> & ShadowRoot;
    root.replaceChildren(...content);
    if (!root.adoptedStyleSheets) return void root.append(h('style', styles));
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
    }
    root.adoptedStyleSheets = [sheet];
  }
}

/** One for all widgets of a page. */
let sheet: CSSStyleSheet | undefined;

/** As a tag (BCP 47): the closest that says one; the page's, for an element in a shadow tree; the browser's. */
function languageFor(host: HTMLElement): string {
  const closest = host.closest<HTMLElement>('[lang]:not([lang=""])') ?? document.documentElement;
  return (closest.lang || navigator.language).replace('_', '-');
}

/** What is no address stays as it is: it cannot be reached. */
function originOf(address: string): string {
  try {
    return new URL(address, import.meta.url).origin;
  } catch {
    return address;
  }
}

/** Whether somebody has begun to fill in a plain form that the widget would take away. */
function isBegun(host: HTMLElement): boolean {
  const typed = (form: HTMLFormElement) => `${new URLSearchParams(new FormData(form) as never)}`;
  return [...host.querySelectorAll('form')].some((form) => {
    const untouched = form.cloneNode(true) as HTMLFormElement;
    untouched.reset();
    return form.matches(':focus-within') || typed(form) !== typed(untouched);
  });
}
