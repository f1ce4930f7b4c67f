import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import type { Campaign } from '../campaigns/read.ts';
import type { Details } from './action.ts';
import type { ActionRequest, EndorsementRequest, PledgeRequest } from './action-request.ts';

/** A superseded consent may still be granted for 30 days: pages and widgets are cached. */
const consentGrace = 30 * 24 * 60 * 60 * 1_000;
/** Confirmations of what was asked in time are taken for a day after closing. */
const confirmGrace = 24 * 60 * 60 * 1_000;
/** An ask is held no longer than the function lives that changes it: who dies on the way holds nothing for good. */
const longestHold = 10_000;
/** Minor units that count unverified where the campaign sets no limit: sums stay exact (2^53) for 900,000 of them. */
const usualLimit = 10_000_000_000;

/**
 * What is stored of a request, when the campaign takes it. Of a form, a partner or source that is on no list is left out:
 * it has no field where that could be mended, and an old link must not cost a signature.
 * @throws Problem `not-found`, `campaign-not-open`, or `invalid-fields` that names what the campaign does not take.
 */
export function takeAction(
  campaign: Campaign | undefined,
  kind: ActionKind,
  request: ActionRequest,
  now: number,
  { isForm = false } = {},
): Details {
  const open = requireOpen(campaign, kind, now);
  const origin = isForm ? knownOrigin(open, request) : request;
  const given = { ...origin, consents: isForm ? consentsFor(open, origin, request) : request.consents };
  const errors = [
    ...consentErrors(open, given, now),
    ...listErrors(open, origin),
    ...pledgeErrors(open, request),
  ];
  if (errors.length > 0) throw invalidFields(errors);
  const { givenName, familyName, email, country } = request;
  const { postalCode, display } = 'display' in request ? request : unseen;
  const { partner, source, consents } = given;
  return {
    campaign: open.slug,
    givenName,
    familyName,
    email,
    country,
    language: chooseLanguage([request.language], languages, open.defaultLanguage),
    ...(postalCode && { postalCode }),
    display,
    consents,
    ...(partner && { partner }),
    ...(source && { source }),
    ...('pledger' in request && { pledge: toPledge(open, request) }),
    ...('organisation' in request && { endorser: toEndorser(request) }),
  };
}

/** Who speaks for an organisation is not shown beside it. */
const unseen = { postalCode: undefined, display: 'anonymous' } as const;

/** Campaigners verify each: that it is what it says, and that who speaks for it may. */
function toEndorser({ organisation: { name, url } }: EndorsementRequest): NonNullable<Details['endorser']> {
  return { name, ...(url && { url }), toVerify: true };
}

/**
 * @param askedAt when the action was asked, in milliseconds.
 * @throws Problem when the campaign no longer takes the confirmation of what was asked: `campaign-not-open`, or
 * `ask-changed` when it asks for something else since, or may do so in a moment.
 */
export function requireConfirmable(campaign: Campaign | undefined, askedAt: number, now: number): Campaign {
  if (!campaign) throw notFound();
  const { status, closesAt, closedAt, askSince, heldSince } = campaign;
  const closing = closedAt ?? closesAt;
  if (status === 'closed' && !closedAt) throw closed();
  if (status === 'archived' && !closing) throw closed();
  if (closing && now >= Date.parse(closing) + confirmGrace) throw closed();
  const isHeld = heldSince && now < Date.parse(heldSince) + longestHold;
  for (const since of [askSince, isHeld && heldSince])
    if (since && askedAt < Date.parse(since)) throw askChanged(campaign.slug);
  return campaign;
}

function requireOpen(campaign: Campaign | undefined, kind: ActionKind, now: number): Campaign {
  if (!campaign || campaign.status === 'draft') throw notFound();
  const { status, closesAt } = campaign;
  if (closesAt && now >= Date.parse(closesAt)) throw closed();
  if (status === 'paused') throw notOpen('This campaign is paused; try again later.');
  if (status === 'closed' || status === 'archived') throw closed();
  if (status === 'scheduled' || now < Date.parse(campaign.opensAt))
    throw notOpen('This campaign has not opened yet.');
  if (!campaign.kinds.includes(kind)) throw notOpen(`This campaign takes no ${kind}s.`);
  return campaign;
}

const notFound = () => new Problem('not-found', 'There is no such campaign; check its address.');
const notOpen = (detail: string) => new Problem('campaign-not-open', detail);
const closed = () => notOpen('This campaign is closed; thank you for wanting to take part.');
const askChanged = (campaign: string) =>
  new Problem(
    'ask-changed',
    'The text of this campaign has changed since you signed: read it, and sign again.',
    { campaign },
  );

function consentErrors(campaign: Campaign, request: Given, now: number): FieldError[] {
  const missing = campaign.consents
    .filter(
      ({ id, required, retired }) =>
        required && !retired && !request.consents.some((given) => given.id === id && given.granted),
    )
    .map(({ id }) => {
      const at = request.consents.findIndex((given) => given.id === id);
      const pointer = at < 0 ? '/consents' : `/consents/${at}/granted`;
      return {
        pointer,
        code: 'consent-required',
        message: `Grant the consent "${id}", or nothing can be stored.`,
      };
    });
  const unknown = request.consents.flatMap((given, at) =>
    isAccepted(campaign, request, given, now)
      ? []
      : [
          {
            pointer: `/consents/${at}`,
            code: 'consent-outdated',
            message: 'Read the consent again: its text has changed, or it is not asked here.',
          },
        ],
  );
  return [...missing, ...unknown, ...repeatedConsents(request)];
}

/** Granted and refused in one breath would be no consent. */
function repeatedConsents({ consents }: Given): FieldError[] {
  return consents.flatMap(({ id }, at) =>
    consents.findIndex((given) => given.id === id) === at
      ? []
      : [{ pointer: `/consents/${at}`, code: 'consent-repeated', message: 'Give each consent once.' }],
  );
}

/** In force, or superseded or retired within the grace; a partner's, of its own supporters alone. */
function isAccepted(
  campaign: Campaign,
  from: Origin,
  given: { id: string; version: number },
  now: number,
): boolean {
  const { versions = [], retired, partner } = campaign.consents.find(({ id }) => id === given.id) ?? {};
  if (partner !== undefined && partner !== from.partner) return false;
  const at = versions.findIndex(({ version }) => version === given.version);
  if (at < 0) return false;
  const superseded = versions[at + 1]?.since ?? retired;
  if (!superseded) return true;
  const end = Date.parse(superseded);
  // Superseded with the ask: whoever grants it has read the old one.
  if (campaign.askSince && end <= Date.parse(campaign.askSince)) return false;
  return now < end + consentGrace;
}

type Origin = Pick<ActionRequest, 'partner' | 'source'>;
type Given = Pick<ActionRequest, 'partner' | 'consents'>;

/** Without those of partners by which the form does not come, or does not any more: what they ask is no condition of signing. */
function consentsFor(campaign: Campaign, from: Origin, { consents }: Given): Given['consents'] {
  return consents.filter(({ id }) => {
    const partner = campaign.consents.find((consent) => consent.id === id)?.partner;
    return partner === undefined || partner === from.partner;
  });
}

function knownOrigin({ partners, sources }: Campaign, { partner, source }: Origin): Origin {
  return {
    partner: partners.find((each) => each === partner),
    source: sources.find((each) => each === source),
  };
}

function listErrors(campaign: Campaign, { partner, source }: Origin): FieldError[] {
  const lists: Array<[string, string | undefined, string[]]> = [
    ['partner', partner, campaign.partners],
    ['source', source, campaign.sources],
  ];
  return lists
    .filter(([, value, list]) => value !== undefined && !list.includes(value))
    .map(([field]) => ({
      pointer: `/${field}`,
      code: 'not-in-list',
      message: `This is no ${field} of the campaign; leave it out or use one of its list.`,
    }));
}

/** A campaign that says nothing of pledges takes those of money, without conditions. */
function pledgeErrors({ pledge }: Campaign, request: ActionRequest): FieldError[] {
  if (!('pledger' in request)) return [];
  const types: string[] = pledge?.types ?? ['money'];
  const conditions = pledge?.conditions ?? [];
  const { type, condition } = request;
  return [
    ...(types.includes(type)
      ? []
      : [notOffered('type', `This campaign takes pledges of ${types.join(' or ')}.`)]),
    ...(!condition || conditions.includes(condition.atLeast)
      ? []
      : [notOffered('condition', toOffer(conditions))]),
  ];
}

function notOffered(field: string, message: string): FieldError {
  return { pointer: `/${field}`, code: 'not-offered', message };
}

function toOffer(conditions: number[]): string {
  return conditions.length > 0
    ? `This campaign offers these conditions: at least ${conditions.join(', ')}.`
    : 'This campaign offers no conditions.';
}

/**
 * An organisation's pledge, or one above the campaign's limit, counts only once a campaigner has verified it. Only an
 * organisation's name is kept: a person has said theirs.
 */
function toPledge(campaign: Campaign, request: PledgeRequest): NonNullable<Details['pledge']> {
  const { amount, currency, interval, condition, note } = request;
  const { type, name } = request.pledger;
  return {
    ...(request.type === 'money' && { amount, currency, interval }),
    ...(condition && { atLeast: condition.atLeast }),
    pledger: { type, ...(type === 'organisation' && name && { name }) },
    ...(note && { note }),
    toVerify: type === 'organisation' || isAboveLimit(campaign, request),
  };
}

function isAboveLimit({ pledge }: Campaign, { amount, currency }: PledgeRequest): boolean {
  if (amount === undefined || currency === undefined) return false;
  return amount > (pledge?.limit?.[currency] ?? usualLimit);
}
