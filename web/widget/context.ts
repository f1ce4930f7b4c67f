import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { WidgetKind } from '../../shared/kernel/action-kind.ts';
import { ask, type Reply } from './ask.ts';
import type { WidgetTextKey } from './text-keys.ts';
import type { Tell } from './texts.ts';

export type Campaign = PublicCampaign;
export type Step = WidgetKind | 'check' | 'share';

/** What the views of one widget share. */
export interface Context {
  campaign: Campaign;
  tell: Tell;
  /** Origin of the API and of the campaign's pages. */
  origin: string;
  /** Address of the campaign in the API. */
  api: string;
  host: HTMLElement;
  /** The first count, asked for before there was anything to show it in. */
  first: Promise<Reply<PublicTally>> | undefined;
  /** Aborted when the element leaves the page. */
  stop: AbortSignal;
  /** The last that was sent and taken. */
  sent?: Sent | undefined;
}

/** A form that was sent: to be sent again as it is. */
export interface Sent {
  kind: WidgetKind;
  email: string;
  /** JSON. */
  body: string;
  /** When it was sent, in milliseconds since 1970; after a refusal, when a minute was left of the wait. */
  at?: number;
}

const failures: Record<string, WidgetTextKey> = {
  offline: 'failure.offline',
  unreachable: 'failure.unreachable',
  'too-many-requests': 'failure.busy',
  'not-found': 'failure.missing',
  'campaign-not-open': 'outcome.campaign-not-open.text',
  'try-again-later': 'outcome.try-again-later.text',
};

/** Where the ask is, for the supporters of the host's partner if it names one: it may ask more of them. */
export function askAddress(api: string, language: string, host: HTMLElement): string {
  return `${api}?targets=none&lang=${language}&partner=${host.getAttribute('partner') ?? ''}`;
}

/** What went wrong, in words. */
export function explain(tell: Tell, { code = '', wait = 0 }: Reply): string {
  return tell(failures[code] ?? 'outcome.internal-error.text', { seconds: wait });
}

/** What went wrong, where no more can be loaded to say it. */
export function explainBriefly(tell: Tell, { code }: Reply): string {
  return tell(code === 'offline' ? 'failure.offline' : 'failure.unreachable');
}

/** Sends what was typed, also if the element is moved meanwhile; the same again is answered the same. */
export function send({ api }: Context, { kind, body }: Sent): Promise<Reply> {
  const headers = { 'content-type': 'application/json' };
  return ask(`${api}/${kind}s`, undefined, { method: 'POST', headers, body });
}

/** Tells the page what happened, without personal data. */
export function announce(host: HTMLElement, what: 'submitted' | 'shared' | 'error', facts: object): void {
  const detail = { campaign: host.getAttribute('campaign'), ...facts };
  host.dispatchEvent(new CustomEvent(`groundswell:${what}`, { bubbles: true, composed: true, detail }));
}

/** The host's partner or source, if the campaign has it in its list. */
export function listed(host: HTMLElement, name: 'partner' | 'source', list: string[]): string | undefined {
  return list.find((each) => each === host.getAttribute(name));
}
